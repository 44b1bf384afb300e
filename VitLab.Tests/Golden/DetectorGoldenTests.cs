using VitLab.Detection;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Tests.Golden;

/// <summary>The detector against PyTorch in float64 and its decoding against numpy (make_golden.py, plain_detector.py).</summary>
public class DetectorGoldenTests
{
    // PyTorch's own float32 is within 2e-6 of these files (share of each tensor's largest value); a few times that, as in VitGoldenTests.
    private const double Share = 1e-5;

    private static readonly VitConfig s_vit = new(Channels: 1, Height: 70, Width: 70, Patch: 7, Dim: 32, Depth: 2, Heads: 4, MlpDim: 48);

    [Theory]
    [InlineData(PositionEncoding.SineCosine, "detector_fixed.safetensors")]
    [InlineData(PositionEncoding.Learned, "detector_learned.safetensors")]
    public void Detector_PicturesOfAnotherSize_GivePyTorchsAnswersLossAndEveryGradient(PositionEncoding positions, string file)
    {
        using var scope = torch.NewDisposeScope();
        var golden = new GoldenFile(file);
        using var model = GoldenWeights.Load(new SceneDetector(new DetectorConfig(s_vit with { Positions = positions }, Classes: 10)));
        long[] shape = [2, 1, 56, 84], answering = [3, 17, 95, 96, 150];

        var tokens = model.call(torch.tensor(GoldenNumbers.Uniform("scenes.images", shape, -1, 1), shape));
        var patches = torch.tensor(answering, [5]);
        var presence = new float[2 * 96];
        Array.ForEach(answering, patch => presence[patch] = 1);
        var loss = DetectionLoss.Presence(tokens.Presence, torch.tensor(presence, [2, 96]), answering.Length)
            + functional.cross_entropy(tokens.Digits.flatten(0, 1).index_select(0, patches), torch.tensor(GoldenNumbers.Labels("scenes.labels", 5, 10), [5]))
            + DetectionLoss.Boxes(tokens.Boxes.flatten(0, 1).index_select(0, patches), torch.tensor(GoldenNumbers.Uniform("scenes.codes", [5, 4], -0.7, 1.3), [5, 4]));
        loss.backward();

        golden["logits"].AssertClose("answers", torch.cat([tokens.Presence.unsqueeze(-1), tokens.Digits, tokens.Boxes], dim: -1).data<float>().ToArray(), Share);
        golden["loss"].AssertClose("loss", [loss.item<float>()], Share);
        GoldenWeights.AssertGradients(golden, model, Share);
    }

    [Fact]
    public void GeneralizedOverlap_FortyPairs_IsPyTorchs()
    {
        using var scope = torch.NewDisposeScope();

        var overlap = DetectionLoss.GeneralizedOverlap(Codes("giou.a"), Codes("giou.b"));

        new GoldenFile("detection.safetensors")["giou"].AssertClose("giou", overlap.data<float>().ToArray(), Share);

        static Tensor Codes(string name) => torch.tensor(GoldenNumbers.Uniform(name, [40, 4], -1, 1), [40, 4]);
    }

    [Fact]
    public void Suppression_SixtyBoxes_KeepsNumpysInItsOrder()
    {
        var (boxes, scores) = (GoldenNumbers.Uniform("suppress.boxes", [60, 4], 0, 40), GoldenNumbers.Uniform("suppress.scores", [60], 0, 1));
        FoundDigit[] found = [.. Enumerable.Range(0, 60).Select(i => new FoundDigit(new InkBox(boxes[4 * i], boxes[(4 * i) + 1], 6 + (boxes[(4 * i) + 2] / 4), 6 + (boxes[(4 * i) + 3] / 4)), scores[i], [1]))];

        var kept = Suppression.Apply(found, 0.3f);

        Assert.Equal(new GoldenFile("detection.safetensors")["kept"].Longs, kept.Select(digit => (long)Array.IndexOf(found, digit)));
    }

    [Fact]
    public void AveragePrecision_SixtyAnswers_IsNumpys()
    {
        var (scores, right) = (GoldenNumbers.Uniform("suppress.scores", [60], 0, 1), GoldenNumbers.Uniform("suppress.right", [60], 0, 1));

        var precision = AveragePrecision.Of(scores.Zip(right, static (score, chance) => (score, chance < 0.4f)), truths: 30);

        new GoldenFile("detection.safetensors")["precision"].AssertClose("precision", [(float)precision!.Value], 1e-6);
    }
}
