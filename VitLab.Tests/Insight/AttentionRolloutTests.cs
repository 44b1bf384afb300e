using VitLab.Insight;

namespace VitLab.Tests.Insight;

public class AttentionRolloutTests
{
    [Fact]
    public void Compute_RandomMaps_RowsSumToOne()
    {
        var random = new Random(3);
        var weights = new byte[4 * 2 * 5 * 5];
        random.NextBytes(weights);

        var rollout = AttentionRollout.Compute(new AttentionMaps(4, 2, 5, 1, 2, 2, weights));

        for (var row = 0; row < 5; row++)
        {
            Assert.Equal(1, rollout.AsSpan(row * 5, 5).ToArray().Sum(), 1e-5);
        }
    }

    // One layer, one head, two tokens: [[0.2, 0.8], [1, 0]] with half of the identity: [[0.6, 0.4], [0.5, 0.5]].
    [Fact]
    public void Compute_OneLayer_AveragesAttentionAndResidual()
    {
        var rollout = AttentionRollout.Compute(new AttentionMaps(1, 1, 2, 1, 1, 1, [51, 204, 255, 0]));

        Assert.Equal([0.6f, 0.4f, 0.5f, 0.5f], rollout.Select(value => MathF.Round(value, 5)));
    }
}
