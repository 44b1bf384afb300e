using System.Text.Json;
using VitLab.Experiments;
using VitLab.Tests.Dialect;
using VitLab.Tests.Support;
using VitLab.Tests.Training;
using VitLab.Training;

namespace VitLab.Tests.Golden;

/// <summary>
/// A run that one engine began goes on in the other: half_way.*.safetensors hold a tiny run after step 7 with weights, moments and averages, half_way.*.json the losses of the steps that
/// followed in the engine that made it. Made by `VitLab.Tests -explicit only -method '*HalfWay_MadeAnew*'` under each engine; the TorchSharp pair by TorchSharp 0.107.0 over libtorch 1.13.1.
/// </summary>
public class InterchangeTests
{
    private const int HalfWay = 7;

    // Float32 on both sides, eight steps of rounding apart.
    private const double Rounding = 1e-4;

    // Engines draw different random numbers, so nothing is dropped; order and augmentation of the data are the lab's own.
    private static readonly TrainingPlan s_plan = TinyRuns.Plan(TinyRuns.Options with { Dropout = 0, AttentionDropout = 0, StochasticDepth = 0, EmaDecay = 0.9 });

    [Theory]
    [InlineData("managed", "adamw")]
    [InlineData("managed", "sgd")]
    [InlineData("torchsharp", "adamw")]
    [InlineData("torchsharp", "sgd")]
    public void HalfWay_ByEitherEngine_GoesOnHere(string engine, string optimizer)
    {
        using var trainer = new Trainer(Plan(optimizer) with { Resume = Checkpoint.Load(File.OpenRead(PathOf(engine, optimizer, "safetensors")), "half_way") });
        var expected = JsonSerializer.Deserialize<float[]>(File.ReadAllText(PathOf(engine, optimizer, "json")))!;

        var losses = trainer.Run().OfType<StepCompleted>().Select(step => step.Loss).ToList();

        Assert.Equal(expected.Length, losses.Count);
        Assert.All(expected.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, Rounding));
    }

    [Theory(Explicit = true)]
    [InlineData("adamw")]
    [InlineData("sgd")]
    public void HalfWay_MadeAnew_ByThisEngine(string optimizer)
    {
        var engine = Engine.Root == "TorchSharp" ? "torchsharp" : "managed";
        using var trainer = new Trainer(Plan(optimizer));
        using var steps = trainer.Run().OfType<StepCompleted>().GetEnumerator();
        for (var i = 0; i < HalfWay; i++)
        {
            steps.MoveNext();
        }

        trainer.Capture().Save(PathOf(engine, optimizer, "safetensors"));
        List<float> rest = [];
        while (steps.MoveNext())
        {
            rest.Add(steps.Current.Loss);
        }

        File.WriteAllText(PathOf(engine, optimizer, "json"), JsonSerializer.Serialize(rest));
    }

    private static TrainingPlan Plan(string optimizer) => s_plan with { Options = s_plan.Options with { Optimizer = optimizer } };

    private static string PathOf(string engine, string optimizer, string extension) => Repository.PathOf("VitLab.Tests", "Golden", $"half_way.{engine}.{optimizer}.{extension}");
}
