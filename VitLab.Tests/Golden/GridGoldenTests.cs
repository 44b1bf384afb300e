using VitLab.Models;

namespace VitLab.Tests.Golden;

/// <summary>The grid models against PyTorch in float64 (make_golden.py, plain_grid.py): logits, every gradient, and what is written greedily.</summary>
public class GridGoldenTests
{
    // PyTorch's own float32 is within 1.6e-6 of these files (share of each tensor's largest value); a few times that, as in VitGoldenTests.
    private const double Share = 1e-5;

    private static readonly VitConfig s_vit = new(Channels: 1, Height: 56, Width: 56, Patch: 7, Dim: 32, Depth: 2, Heads: 4, MlpDim: 48);

    [Theory]
    [InlineData(GridPooling.Query, 0, "grid_query.safetensors")]
    [InlineData(GridPooling.Region, 0, "grid_region.safetensors")]
    [InlineData(GridPooling.Region, 1, "grid_window.safetensors")]
    public void Classifier_GoldenBatch_GivesPyTorchsLogitsLossAndEveryGradient(GridPooling pooling, int windowBlocks, string file)
    {
        using var scope = torch.NewDisposeScope();
        using var model = GoldenWeights.Load(new GridClassifier(new GridClassifierConfig(s_vit with { Window = 4, WindowBlocks = windowBlocks }, 2, 2, 11, pooling)));
        var targets = torch.tensor(GoldenNumbers.Labels("grid.labels", 16, 11), [16]);

        AssertGolden(new GoldenFile(file), model, model.call(Pictures("grid", 4)), targets);
    }

    [Fact]
    public void Transcriber_GoldenBatchOfTextsOfEveryLength_GivesPyTorchsLogitsLossAndEveryGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Transcriber();
        var digits = GoldenNumbers.Labels("grid.digits", 8, 10);
        long[][] texts = [digits[..4], digits[4..7], digits[7..8], []];
        var targets = torch.tensor([.. texts.SelectMany(Target)], [4, 5]);

        AssertGolden(new GoldenFile("grid_transcriber.safetensors"), model, model.call(Pictures("grid", 4), GridTranscriber.shift_right(targets)), targets.flatten());
    }

    // Every choice of these 32 texts leads the second best by 0.027 or more: no rounding changes one.
    [Fact]
    public void Transcriber_DecodedGreedily_WritesPyTorchsTokens()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Transcriber();
        model.eval();

        var transcripts = GreedyDecoder.Decode(model, Pictures("greedy", 32));

        Assert.Equal(
            new GoldenFile("grid_transcriber.safetensors")["greedy"].Longs.Chunk(5).Select(row => string.Join(' ', row.Where(token => token != DigitVocabulary.Padding))),
            transcripts.Select(transcript => string.Join(' ', transcript.Tokens)));
    }

    private static GridTranscriber Transcriber() => GoldenWeights.Load(new GridTranscriber(new TranscriberConfig(s_vit with { Patch = 14 }, DecoderDepth: 2, MostDigits: 4)));

    private static void AssertGolden(GoldenFile golden, torch.nn.Module model, Tensor logits, Tensor targets)
    {
        var loss = functional.cross_entropy(logits.flatten(0, -2), targets, ignore_index: DigitVocabulary.Padding);
        loss.backward();

        golden["logits"].AssertClose("logits", logits.data<float>().ToArray(), Share);
        golden["loss"].AssertClose("loss", [loss.item<float>()], Share);
        GoldenWeights.AssertGradients(golden, model, Share);
    }

    private static IEnumerable<long> Target(long[] digits) =>
        digits.Append(DigitVocabulary.Finish).Concat(Enumerable.Repeat((long)DigitVocabulary.Padding, 4)).Take(5);

    private static Tensor Pictures(string name, int count)
    {
        long[] shape = [count, 1, 56, 56];
        return torch.tensor(GoldenNumbers.Uniform($"{name}.images", shape, -1, 1), shape);
    }
}
