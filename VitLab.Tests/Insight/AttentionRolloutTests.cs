using VitLab.Insight;

namespace VitLab.Tests.Insight;

public class AttentionRolloutTests
{
    [Fact]
    public void Upward_RandomMaps_RowsSumToOneAfterEveryLayer()
    {
        var random = new Random(3);
        var weights = new byte[4 * 2 * 5 * 5];
        random.NextBytes(weights);

        var rollouts = AttentionRollout.Upward(new AttentionMaps(4, 2, 5, 1, 2, 2, weights)).ToList();

        Assert.Equal(4, rollouts.Count);

        Assert.All(rollouts.SelectMany(rollout => rollout.Chunk(5)), row => Assert.Equal(1, row.Sum(), 1e-5));
    }

    // One layer, one head, two tokens: [[0.2, 0.8], [1, 0]] with half of the identity: [[0.6, 0.4], [0.5, 0.5]].
    [Fact]
    public void Upward_OneLayer_AveragesAttentionAndResidual()
    {
        var rollout = Assert.Single(AttentionRollout.Upward(new AttentionMaps(1, 1, 2, 1, 1, 1, [51, 204, 255, 0])));

        Assert.Equal([0.6f, 0.4f, 0.5f, 0.5f], rollout.Select(value => MathF.Round(value, 5)));
    }
}
