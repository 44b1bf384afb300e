using FsCheck;
using FsCheck.Fluent;
using VitLab.Insight;
using VitLab.Models;

namespace VitLab.Tests.Models;

/// <summary>What the readers of sequences claim: neither padding nor order changes an answer, and padding is not looked at.</summary>
public class SequenceModelTests
{
    private const int Side = 8, Digits = 6;

    private const float Paper = -0.42f;

    private static readonly DigitEncoderConfig s_encoder = new(Side, Channels: 2, Embedding: 8);

    private static readonly float[][] s_digits = [.. Enumerable.Range(0, Digits).Select(seed =>
    {
        var random = new Random(seed);
        return Enumerable.Range(0, Side * Side).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();
    })];

    /// <summary>Any digits, in the same order with any gaps on a longer strip: the same sum, bit by bit but for rounding.</summary>
    [Fact]
    public void Summer_PaddingAnywhere_ChangesNoSum()
    {
        using var model = new SequenceSummer(Config(cells: 5));

        Prop.ForAll(Sequences(), sequence => Assert.Equal(Answer(model, sequence.Digits), Answer(model, sequence.Padded), 1e-4f)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Summer_AnyOrder_GivesTheSameSum()
    {
        using var model = new SequenceSummer(Config(cells: 5));

        Prop.ForAll(Sequences(), sequence => Assert.Equal(Answer(model, sequence.Padded), Answer(model, [.. sequence.Padded.Reverse()]), 1e-4f)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Finder_PaddingAnywhereInTheSequence_ChangesNoAnswer()
    {
        using var model = new AnchorFinder(Config(cells: 6));

        Prop.ForAll(Sequences(), sequence => Assert.Equal(Answer(model, [3, .. sequence.Digits]), Answer(model, [3, .. sequence.Padded]), 1e-4f)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Finder_AnyOrderOfTheSequence_GivesTheSameAnswer()
    {
        using var model = new AnchorFinder(Config(cells: 6));

        Prop.ForAll(Sequences(), sequence => Assert.Equal(Answer(model, [3, .. sequence.Padded]), Answer(model, [3, .. sequence.Padded.Reverse()]), 1e-4f)).QuickCheckThrowOnFailure();
    }

    /// <summary>Strips in one batch are read as they are alone, however many digits the others have.</summary>
    [Fact]
    public void Summer_StripsTogether_AreReadAsAlone()
    {
        using var model = new SequenceSummer(Config(cells: 4));
        model.eval();
        int?[][] strips = [[0, null, null, null], [1, 2, 3, 4], [null, null, 5, null]];

        using var scope = torch.NewDisposeScope();
        var together = model.call(torch.cat([.. strips.Select(Strip)], dim: 0)).data<float>().ToArray();

        for (var strip = 0; strip < strips.Length; strip++)
        {
            Assert.Equal(Answer(model, strips[strip]), together[strip], 1e-4f);
        }
    }

    /// <summary>The claims are not empty: other digits are other answers, and the anchor matters.</summary>
    [Fact]
    public void Answers_OfOtherDigits_Differ()
    {
        using var summer = new SequenceSummer(Config(cells: 2));
        using var finder = new AnchorFinder(Config(cells: 3));

        Assert.NotEqual(Answer(summer, [0, 1]), Answer(summer, [0, 2]), 1e-3f);
        Assert.NotEqual(Answer(summer, [0, null]), Answer(summer, [0, 0]), 1e-3f);
        Assert.NotEqual(Answer(finder, [0, 1, 2]), Answer(finder, [3, 1, 2]), 1e-3f);
        Assert.NotEqual(Answer(finder, [0, 1, 2]), Answer(finder, [0, 1, 3]), 1e-3f);
    }

    [Fact]
    public void Attention_OfASum_StaysOnTheDigits()
    {
        var config = Config(cells: 5);
        using var model = new SequenceSummer(config);
        model.eval();
        using var recorder = new AttentionRecorder(model, config.Vit);

        Answer(model, [null, 1, null, 2, null]);

        var maps = recorder.ToMaps();
        Assert.Equal((2, 2, 5, 0, 1, 5), (maps.Layers, maps.Heads, maps.Tokens, maps.PrefixTokens, maps.GridHeight, maps.GridWidth));
        Assert.All(maps.Weights.Chunk(5), row =>
        {
            Assert.Equal([0, 0, 0], (byte[])[row[0], row[2], row[4]]);
            Assert.InRange(row[1] + row[3], 254, 256);
        });
    }

    [Fact]
    public void Attention_OfAnAnchor_StaysOnTheSequencesDigits()
    {
        var config = Config(cells: 5);
        using var model = new AnchorFinder(config);
        model.eval();
        using var recorder = new CrossAttentionRecorder(model, config.Vit);

        Answer(model, [3, 1, null, 2, null]);

        var maps = recorder.ToMaps();
        Assert.Equal((2, 2, 1, 1, 5), (maps.Layers, maps.Heads, maps.Steps, maps.GridHeight, maps.GridWidth));
        Assert.All(maps.Weights.Chunk(5), row =>
        {
            Assert.Equal([0, 0, 0], (byte[])[row[0], row[2], row[4]]);
            Assert.InRange(row[1] + row[3], 254, 256);
        });
    }

    /// <summary>Nothing to look at leaves numbers, not NaN.</summary>
    [Fact]
    public void Answers_OfBarePaper_AreNumbers()
    {
        using var summer = new SequenceSummer(Config(cells: 3));
        using var finder = new AnchorFinder(Config(cells: 3));

        Assert.True(float.IsFinite(Answer(summer, [null, null, null])));
        Assert.True(float.IsFinite(Answer(finder, [null, null, null])));
        Assert.True(float.IsFinite(Answer(finder, [1, null, null])));
    }

    [Fact]
    public void Transfer_FromADigitCnn_CarriesTheEncoder()
    {
        using var digit = new DigitCnn(s_encoder, classes: 10);
        using var summer = new SequenceSummer(Config(cells: 3));
        using var finder = new AnchorFinder(Config(cells: 3));

        Assert.All((torch.nn.Module[])[summer, finder], model =>
        {
            var report = StateDict.Transfer(model, StateDict.Export(digit));

            Assert.Equal(StateDict.Export(digit).Keys.Where(name => name.StartsWith("encoder.", StringComparison.Ordinal)), report.Copied);
            Assert.Equal(6, report.Copied.Count);
        });
    }

    private static SequenceConfig Config(int cells) => SequenceConfig.Of(s_encoder, cells, depth: 2, heads: 2, mlpDim: 12);

    /// <summary>One to five digits, and the same with padding before, between and behind them.</summary>
    private static Arbitrary<Sequence> Sequences() => Gen.Choose(0, int.MaxValue).Select(seed =>
    {
        var random = new Random(seed);
        int?[] digits = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (int?)random.Next(Digits))];
        List<int?> padded = [.. digits];
        for (var padding = random.Next(5); padding >= 0; padding--)
        {
            padded.Insert(random.Next(padded.Count + 1), null);
        }

        return new Sequence(digits, [.. padded]);
    }).ToArbitrary();

    /// <param name="cells">Which digit each cell holds; null is padding.</param>
    private static float Answer(torch.nn.Module<Tensor, Tensor> model, int?[] cells)
    {
        using var scope = torch.NewDisposeScope();
        model.eval();
        return model.call(Strip(cells)).data<float>()[0];
    }

    private static Tensor Strip(int?[] cells)
    {
        var pixels = new float[Side * Side * cells.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x) = (i / (Side * cells.Length), i % (Side * cells.Length));
            pixels[i] = cells[x / Side] is { } digit ? s_digits[digit][(y * Side) + (x % Side)] : Paper;
        }

        return torch.tensor(pixels, [1, 1, Side, Side * cells.Length]);
    }

    private sealed record Sequence(int?[] Digits, int?[] Padded);
}
