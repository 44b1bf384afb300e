using VitLab.Insight;

namespace VitLab.Tests.Insight;

public class AttentionLookTests
{
    // Two layers of one head over a 2 × 2 grid behind one token: token q puts all its weight on token q + 1, the last one on the first.
    private static readonly AttentionMaps s_cyclic = Cyclic(prefixTokens: 1);

    [Theory]
    [InlineData(AttentionQuery.Prefix, 0, false, new[] { 1f, 0, 0, 0 })]
    [InlineData(AttentionQuery.Prefix, 0, true, new[] { 0, 0, 0, 1f })]
    [InlineData(AttentionQuery.Patch, 1, false, new[] { 0, 0, 1f, 0 })]
    [InlineData(AttentionQuery.Patch, 1, true, new[] { 1f, 0, 0, 0 })]
    [InlineData(AttentionQuery.Patch, 99, false, new[] { 0f, 0, 0, 0 })]      // the last patch, which looks at the token before the patches
    [InlineData(AttentionQuery.Prefix, 3, false, new[] { 1f, 0, 0, 0 })]      // no such token: the first
    [InlineData(AttentionQuery.Patches, 0, false, new[] { 1f, 0, 0, 0 })]     // a model with a token before the patches is asked about it
    public void At_AQuestion_GivesItsRowOfEveryHead(AttentionQuery of, int index, bool by, float[] row)
    {
        var look = AttentionLook.At(s_cyclic, new AttentionQuestion(of, index, by));

        Assert.Equal(2 * 2 * 4, look.Weights.Length);
        Assert.All(look.Weights.Chunk(4), weights => Assert.Equal(row, weights.Select(weight => weight / 65535f)));
    }

    [Fact]
    public void At_AllPatches_AveragesAndNeverAsksWhoAttends()
    {
        var look = AttentionLook.At(Cyclic(prefixTokens: 0), new AttentionQuestion(AttentionQuery.Prefix, By: true));

        Assert.Equal(new AttentionQuestion(AttentionQuery.Patches), look.Asked);
        Assert.All(look.Weights, weight => Assert.Equal(0.25, weight / 65535.0, 1e-4));
    }

    // Half stays, half moves on, twice: a quarter has moved two tokens, half one, a quarter none.
    [Fact]
    public void At_Rollout_ReplacesTheRowOfAllHeads()
    {
        var look = AttentionLook.At(s_cyclic, new AttentionQuestion(AttentionQuery.Prefix, Rollout: true));

        Assert.Equal([1f, 0, 0, 0], look.Weights[8..12].Select(weight => weight / 65535f));
        Assert.Equal([0.5f, 0.25f, 0, 0], look.Weights[12..].Select(weight => MathF.Round(weight / 65535f, 3)));
    }

    [Fact]
    public void At_SeveralHeads_AveragesThemInTheLastRow()
    {
        var look = AttentionLook.At(new AttentionMaps(1, 2, 2, 0, 1, 2, [255, 0, 255, 0, 0, 255, 0, 255]), new AttentionQuestion(AttentionQuery.Patch));

        Assert.Equal([1f, 0, 0, 1f, 0.5f, 0.5f], look.Weights.Select(weight => MathF.Round(weight / 65535f, 3)));
    }

    private static AttentionMaps Cyclic(int prefixTokens)
    {
        var tokens = 4 + prefixTokens;
        var weights = new byte[2 * tokens * tokens];
        for (var row = 0; row < 2 * tokens; row++)
        {
            weights[(row * tokens) + ((row + 1) % tokens)] = 255;
        }

        return new AttentionMaps(2, 1, tokens, prefixTokens, 2, 2, weights);
    }
}
