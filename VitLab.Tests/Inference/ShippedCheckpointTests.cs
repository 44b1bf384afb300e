using VitLab.Data;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Tests.Support;

namespace VitLab.Tests.Inference;

/// <summary>The checkpoints in VitLab.Web/pretrained say how they were made and are as good as they say.</summary>
public class ShippedCheckpointTests
{
    [Theory]
    [InlineData("single-digit", "d64")]
    [InlineData("single-digit-d16", "d16")]
    public void Shipped_ItsMetadata_SaysHowItWasMadeAndHowGoodItIs(string name, string preset)
    {
        var info = Shipped(name).Info;

        Assert.Equal(("single-digit", preset), (info.Experiment, info.Preset));
        Assert.Contains("train single-digit", info.Command, StringComparison.Ordinal);
        Assert.NotEmpty(info.DataChecksum);
        Assert.NotEmpty(info.Date);
        Assert.True(info.Metrics["test.accuracy"] > 0.98, $"{info.Metrics["test.accuracy"]}");
    }

    [Theory]
    [InlineData("single-digit")]
    [InlineData("single-digit-d16")]
    public void Shipped_FreshPenDigits_AreReadRight(string name)
    {
        using var predictor = new Predictor(Shipped(name));

        var evaluation = predictor.Evaluate(PenDigits.Generate(1000, seed: 20_251_121));

        Assert.True(evaluation.Metrics["accuracy"] > 0.97, $"{evaluation.Metrics["accuracy"]:P1} of 1000 pen digits");
    }

    [Theory]
    [InlineData("single-digit")]
    [InlineData("single-digit-d16")]
    public void Shipped_MnistsTestDigits_AreReadAsWellAsTheMetadataSays(string name)
    {
        var catalog = new DataCatalog(new DataCatalogOptions { AllowDownload = false });
        Assert.SkipWhen(catalog.MnistFolder is null, "MNIST is in none of the data folders.");
        var checkpoint = Shipped(name);
        using var predictor = new Predictor(checkpoint);

        var evaluation = predictor.Evaluate(catalog.Load("mnist", seed: 1).Test);

        Assert.Equal(checkpoint.Info.Metrics["test.accuracy"], evaluation.Metrics["accuracy"], 0.0005);   // five digits may fall the other way on another processor
    }

    private static Checkpoint Shipped(string name) => Checkpoint.Load(Repository.PathOf("VitLab.Web", "pretrained", name + ".safetensors"));
}
