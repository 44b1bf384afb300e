using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Tests.Golden;

/// <summary>The variant small, 192/12/3 on pictures of three channels, against PyTorch in float64 (make_golden.py).</summary>
public class VariantGoldenTests
{
    // PyTorch's own float32 is within 3e-6 of this file (share of each tensor's largest value); a few times that, as in VitGoldenTests.
    private const double Share = 2e-5;

    [Fact]
    public void Small_GoldenBatch_GivesPyTorchsLogitsLossAndGradients()
    {
        using var scope = torch.NewDisposeScope();
        var golden = new GoldenFile("vit_small.safetensors");
        var options = (ImageClassifierOptions)ExperimentCatalog.Find("image-classifier").FindPreset("small").Options;
        using var model = GoldenWeights.Load(new VisionTransformer(options.ToConfig(), classes: 10));
        model.eval();
        long[] shape = [2, 3, 32, 32];

        var logits = model.call(torch.tensor(GoldenNumbers.Uniform("small.images", shape, -1, 1), shape));
        var loss = functional.cross_entropy(logits, torch.tensor(GoldenNumbers.Labels("small.labels", 2, 10), [2]));
        loss.backward();

        golden["logits"].AssertClose("logits", logits.data<float>().ToArray(), Share);
        golden["loss"].AssertClose("loss", [loss.item<float>()], Share);
        GoldenWeights.AssertGradients(golden, model, Share, areSampled: true);
    }
}
