namespace VitLab.Insight;

/// <summary>
/// How much each input token reaches each output token through the whole stack: per layer, heads are averaged and the residual path
/// counts as half, and the layers' matrices are multiplied. Abnar and Zuidema, Quantifying Attention Flow, https://arxiv.org/abs/2005.00928.
/// </summary>
public static class AttentionRollout
{
    /// <summary>
    /// After each layer l, R = Aₗ … A₂ A₁ with Aᵢ = (mean over heads of attention + I) / 2: (query, key) row-major, Tokens × Tokens, each row
    /// summing to 1. The last is the rollout through the whole stack.
    /// </summary>
    public static IEnumerable<float[]> Upward(AttentionMaps maps)
    {
        var n = maps.Tokens;
        var rollout = Identity(n);
        var layer = new float[n * n];
        for (var index = 0; index < maps.Layers; index++)
        {
            MeanWithResidual(maps, index, layer);
            rollout = Multiply(layer, rollout, n);
            yield return rollout;
        }
    }

    private static float[] Identity(int n)
    {
        var identity = new float[n * n];
        for (var i = 0; i < n; i++)
        {
            identity[(i * n) + i] = 1;
        }

        return identity;
    }

    // Quantised rows sum to a little more or less than 255; each is normalised so that nothing is gained or lost on the way up.
    private static void MeanWithResidual(AttentionMaps maps, int layer, Span<float> mean)
    {
        var n = maps.Tokens;
        for (var query = 0; query < n; query++)
        {
            var row = mean.Slice(query * n, n);
            row.Clear();
            float sum = 0;
            for (var head = 0; head < maps.Heads; head++)
            {
                var weights = maps.Weights.AsSpan(((((layer * maps.Heads) + head) * n) + query) * n, n);
                for (var key = 0; key < n; key++)
                {
                    row[key] += weights[key];
                    sum += weights[key];
                }
            }

            for (var key = 0; key < n; key++)
            {
                row[key] = sum == 0 ? 0 : row[key] / sum / 2;
            }

            row[query] += sum == 0 ? 1 : 0.5f;
        }
    }

    private static float[] Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int n)
    {
        var product = new float[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
            {
                var factor = a[(i * n) + k];
                for (var j = 0; j < n; j++)
                {
                    product[(i * n) + j] += factor * b[(k * n) + j];
                }
            }
        }

        return product;
    }
}
