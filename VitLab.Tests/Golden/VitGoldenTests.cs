using VitLab.Models;

namespace VitLab.Tests.Golden;

/// <summary>The whole d64 model against PyTorch in float64 (make_golden.py): logits, every gradient, ten AdamW losses.</summary>
public class VitGoldenTests
{
    // PyTorch's own float32 is within 1.2e-6 (logits and gradients, share of each tensor's largest value) and 1e-7 (ten losses) of these
    // files. Fused kernels sum in another order, so a few times that; a wrong factor anywhere shows as 1e-2 or more.
    private const double GradientShare = 1e-5;
    private const double LossShare = 1e-5;

    private static readonly GoldenFile s_golden = new("vit_d64.safetensors");

    [Fact]
    public void Backward_GoldenBatch_GivesPyTorchsLogitsLossAndEveryGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var model = GoldenModel();
        var (images, targets) = Batch("gradients", 8);

        var logits = model.call(images);
        var loss = functional.cross_entropy(logits, targets);
        loss.backward();

        s_golden["logits"].AssertClose("logits", logits.data<float>().ToArray(), GradientShare);
        s_golden["loss"].AssertClose("loss", [loss.item<float>()], GradientShare);
        GoldenWeights.AssertGradients(s_golden, model, GradientShare);
    }

    [Fact]
    public void AdamW_TenStepsOnOneBatch_GivesPyTorchsLosses()
    {
        using var scope = torch.NewDisposeScope();
        using var model = GoldenModel();
        var (images, targets) = Batch("losses", 32);
        using var optimizer = torch.optim.AdamW(model.parameters(), lr: 1e-3, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.05);
        var losses = new List<float>();
        for (var step = 0; step < 10; step++)
        {
            using var stepScope = torch.NewDisposeScope();
            optimizer.zero_grad();
            var loss = functional.cross_entropy(model.call(images), targets, label_smoothing: 0.1);
            loss.backward();
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        s_golden["losses"].AssertClose("losses", losses, LossShare);
    }

    private static VisionTransformer GoldenModel() =>
        GoldenWeights.Load(new VisionTransformer(new VitConfig(Channels: 1, Height: 28, Width: 28, Patch: 7, Dim: 64, Depth: 4, Heads: 4, MlpDim: 128), classes: 10));

    private static (Tensor Images, Tensor Targets) Batch(string name, int count)
    {
        long[] shape = [count, 1, 28, 28];
        return (torch.tensor(GoldenNumbers.Uniform($"{name}.images", shape, -1, 1), shape), torch.tensor(GoldenNumbers.Labels($"{name}.labels", count, 10), [count]));
    }
}
