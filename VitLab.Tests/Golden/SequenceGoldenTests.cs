using VitLab.Models;

namespace VitLab.Tests.Golden;

/// <summary>
/// The convolutional and the sequence models against PyTorch in float64 (make_golden.py, plain_sequence.py): outputs and every gradient. The strips have
/// padding in front of, between and behind their digits.
/// </summary>
public class SequenceGoldenTests
{
    // PyTorch's own float32 is within 2.1e-6 of these files (share of each tensor's largest value); a few times that, as in VitGoldenTests.
    private const double Share = 1e-5;

    private const int Side = 28;

    private static readonly DigitEncoderConfig s_encoder = new(Side, Channels: 3, Embedding: 16);

    [Fact]
    public void DigitCnn_GoldenBatch_GivesPyTorchsLogitsLossAndEveryGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var model = GoldenWeights.Load(new DigitCnn(s_encoder, classes: 10));

        var logits = model.call(torch.tensor(GoldenNumbers.Uniform("cnn.images", [6, 1, Side, Side], -1, 1), [6, 1, Side, Side]));

        AssertGolden("digit_cnn.safetensors", model, logits, functional.cross_entropy(logits, torch.tensor(GoldenNumbers.Labels("cnn.labels", 6, 10), [6])));
    }

    [Fact]
    public void Summer_GoldenStrips_GivesPyTorchsSumsLossAndEveryGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var model = GoldenWeights.Load(new SequenceSummer(Config(cells: 5)));

        var sums = model.call(Strips("sum", ".1...", "1.1.1", "11111"));

        AssertGolden("sequence_sum.safetensors", model, sums, functional.mse_loss(sums, torch.tensor([3f, 11, 27])));
    }

    [Fact]
    public void Finder_GoldenStrips_GivesPyTorchsLogitsLossAndEveryGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var model = GoldenWeights.Load(new AnchorFinder(Config(cells: 6)));

        var logits = model.call(Strips("anchor", "1.1...", "11.1.1", "111111"));

        AssertGolden("anchor_in_sequence.safetensors", model, logits, functional.binary_cross_entropy_with_logits(logits, torch.tensor([1f, 0, 1])));
    }

    private static SequenceConfig Config(int cells) => SequenceConfig.Of(s_encoder, cells, depth: 2, heads: 4, mlpDim: 24);

    private static void AssertGolden(string file, torch.nn.Module model, Tensor outputs, Tensor loss)
    {
        var golden = new GoldenFile(file);
        loss.backward();

        golden["logits"].AssertClose("outputs", outputs.data<float>().ToArray(), Share);
        golden["loss"].AssertClose("loss", [loss.item<float>()], Share);
        GoldenWeights.AssertGradients(golden, model, Share);
    }

    /// <param name="rows">One for each strip: '1' for a cell with ink, '.' for padding.</param>
    private static Tensor Strips(string name, params string[] rows)
    {
        long[] shape = [rows.Length, 1, Side, Side * rows[0].Length];
        var pixels = GoldenNumbers.Uniform($"{name}.images", shape, -1, 1);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (strip, x) = (i / (Side * (int)shape[3]), i % (int)shape[3]);
            pixels[i] = rows[strip][x / Side] == '1' ? pixels[i] : -0.4f;
        }

        return torch.tensor(pixels, shape);
    }
}
