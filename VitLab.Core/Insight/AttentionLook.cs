using System.Numerics;

namespace VitLab.Insight;

/// <summary>
/// One question's answer by every layer and head: Weights[layer, head, patch], row-major, 65,535 = 1; behind the heads of a layer comes a row
/// for all of them together. It is what a page shows of <see cref="AttentionMaps"/>, whose size grows with the square of the tokens.
/// </summary>
/// <param name="Asked">As it was understood for this model.</param>
public sealed record AttentionLook(int Layers, int Heads, int Tokens, int PrefixTokens, int GridHeight, int GridWidth, AttentionQuestion Asked, ushort[] Weights)
{
    public static AttentionLook At(AttentionMaps maps, AttentionQuestion question)
    {
        var asked = question.Within(maps);
        var (matrix, patches) = (maps.Tokens * maps.Tokens, maps.Tokens - maps.PrefixTokens);
        var weights = new ushort[maps.Layers * (maps.Heads + 1) * patches];
        var rollouts = asked.Rollout ? AttentionRollout.Upward(maps).ToList() : null;
        var rest = weights.AsSpan();
        for (var layer = 0; layer < maps.Layers; layer++)
        {
            var mean = new float[patches];
            for (var head = 0; head < maps.Heads; head++)
            {
                var row = RowOf<byte>(maps.Weights.AsSpan(((layer * maps.Heads) + head) * matrix, matrix), maps, asked, one: 255);
                for (var patch = 0; patch < patches; patch++)
                {
                    mean[patch] += row[patch] / maps.Heads;
                }

                rest = Write(row, rest);
            }

            rest = Write(rollouts is null ? mean : RowOf<float>(rollouts[layer], maps, asked, one: 1), rest);
        }

        return new AttentionLook(maps.Layers, maps.Heads, maps.Tokens, maps.PrefixTokens, maps.GridHeight, maps.GridWidth, asked, weights);
    }

    /// <summary>The answer of one (query, key) matrix, patch by patch; several queries are averaged.</summary>
    /// <param name="one">What stands for 1 in the matrix.</param>
    private static float[] RowOf<T>(ReadOnlySpan<T> matrix, AttentionMaps maps, AttentionQuestion asked, float one)
        where T : struct, INumberBase<T>
    {
        var (n, prefix, patches) = (maps.Tokens, maps.PrefixTokens, maps.Tokens - maps.PrefixTokens);
        var (first, queries) = asked.Of switch
        {
            AttentionQuery.Prefix => (asked.Index, 1),
            AttentionQuery.Patch => (prefix + asked.Index, 1),
            _ => (prefix, patches),
        };
        var row = new float[patches];
        for (var query = first; query < first + queries; query++)
        {
            for (var patch = 0; patch < patches; patch++)
            {
                var weight = asked.By ? matrix[((prefix + patch) * n) + query] : matrix[(query * n) + prefix + patch];
                row[patch] += float.CreateTruncating(weight) / one / queries;
            }
        }

        return row;
    }

    /// <returns>What is left of <paramref name="weights"/> behind the row.</returns>
    private static Span<ushort> Write(ReadOnlySpan<float> row, Span<ushort> weights)
    {
        for (var patch = 0; patch < row.Length; patch++)
        {
            weights[patch] = (ushort)MathF.Round(Math.Clamp(row[patch], 0, 1) * ushort.MaxValue);
        }

        return weights[row.Length..];
    }
}
