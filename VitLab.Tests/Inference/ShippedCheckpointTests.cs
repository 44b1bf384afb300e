using VitLab.Data;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Tests.Support;
using VitLab.Vision;

namespace VitLab.Tests.Inference;

/// <summary>The checkpoints in VitLab.Web/pretrained say how they were made and are as good as they say.</summary>
public class ShippedCheckpointTests
{
    /// <summary>On test pictures: all of them where a sample is small.</summary>
    private const double FlopsToSpend = 4e11;

    private static readonly string s_folder = Repository.PathOf("VitLab.Web", "pretrained");

    private static readonly string[] s_names = [.. Directory.EnumerateFiles(s_folder, "*.safetensors").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    /// <summary>All of them, so that one more is held to the same.</summary>
    public static TheoryData<string> Names { get; } = [.. s_names];

    /// <summary>Those that read cells digit by digit; for free paper see <see cref="ShippedDetectorTests"/>, for sequences <see cref="ShippedSequenceTests"/>.</summary>
    public static TheoryData<string> OfCells { get; } = [.. s_names.Where(name => Shipped(name) is var (checkpoint, experiment) && experiment is not SequenceExperiment && experiment.Canvas(checkpoint.Info.Options) is { Limits: null })];

    [Theory]
    [MemberData(nameof(Names))]
    public void Shipped_ItsMetadata_SaysHowItWasMadeAndHowGoodItIs(string name)
    {
        var (checkpoint, experiment) = Shipped(name);
        var (info, primary) = (checkpoint.Info, experiment.Card.PrimaryMetric.Key);

        Assert.StartsWith(info.Experiment, name, StringComparison.Ordinal);
        Assert.Contains($"train {info.Experiment}", info.Command, StringComparison.Ordinal);
        Assert.False(checkpoint.IsResumable);
        Assert.NotEmpty(info.DataChecksum);
        Assert.NotEmpty(info.Date);
        var promised = experiment.FindPreset(info.Preset).Expected;
        Assert.True(info.Metrics[$"test.{primary}"] > promised - 0.005, $"{primary} {info.Metrics[$"test.{primary}"]}, its preset promises {promised}");
    }

    [Theory]
    [MemberData(nameof(OfCells))]
    public void Shipped_FreshPenDigits_AreReadRight(string name)
    {
        var (checkpoint, experiment) = Shipped(name);
        using var predictor = new Predictor(checkpoint);

        var digits = DigitsRight(experiment, predictor.Evaluate(PenDigits.Generate(1000, seed: 20_251_121)).Metrics);

        Assert.True(digits > 0.97, $"{digits:P1} of the digits of 1000 samples");
    }

    /// <summary>From strokes to digits, on a canvas that is full, half filled, or holds one digit somewhere.</summary>
    [Theory]
    [MemberData(nameof(OfCells))]
    public void Shipped_DrawingsOnAnyPartOfItsCanvas_AreReadRight(string name)
    {
        var (checkpoint, experiment) = Shipped(name);
        using var predictor = new Predictor(checkpoint);
        var canvas = experiment.Canvas(checkpoint.Info.Options)!;
        var random = new SeededRandom(20_261_121);

        var answers = new AnswerCount();
        for (var seed = 0; seed < 200; seed++)
        {
            var drawing = Draw(canvas, 1 + (seed % (canvas.Rows * canvas.Columns)), seed, ref random);
            var seen = experiment.Prepare(drawing, checkpoint.Info.Options)!;
            answers.Add([.. drawing.Label!], [.. predictor.Read(seen, withAttention: false).Labels]);
        }

        var digits = DigitsRight(experiment, experiment.Measure(answers));
        Assert.True(digits > 0.97, $"{digits:P1} of the digits of 200 drawings");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shipped_TestPictures_AreReadAsWellAsTheMetadataSays(string name)
    {
        var catalog = new DataCatalog(new DataCatalogOptions { AllowDownload = false });
        var (checkpoint, experiment) = Shipped(name);
        var data = checkpoint.Info.Data == "mix" ? "mnist" : checkpoint.Info.Data;   // the test of both together is MNIST's
        Assert.SkipWhen(catalog.FolderOf(data) is null, $"{data} is in none of the data folders.");
        using var predictor = new Predictor(checkpoint);

        var test = catalog.Load(data, seed: 1).Test;
        var count = (int)Math.Min(test.Count, FlopsToSpend / experiment.Cost(checkpoint.Info.Options).ForwardFlops);

        var measured = predictor.Evaluate(test, [.. Enumerable.Range(0, count)]).Metrics;

        Assert.All(experiment.Card.Metrics, metric =>
        {
            var promised = checkpoint.Info.Metrics[$"test.{metric.Key}"];
            var chance = count == test.Count ? 0 : 3 * Math.Sqrt(Math.Max(promised * (1 - promised), 0.01) / count);   // of the scenes that were left out
            Assert.Equal(promised, measured[metric.Key], 0.0005 + chance);   // five samples may fall the other way on another processor
        });
    }

    private static (Checkpoint Checkpoint, Experiment Experiment) Shipped(string name)
    {
        var checkpoint = Checkpoint.Load(Path.Combine(s_folder, name + ".safetensors"));
        return (checkpoint, ExperimentCatalog.Find(checkpoint.Info.Experiment));
    }

    /// <summary>The finest of the card's metrics: digits, where the primary one counts whole samples.</summary>
    private static double DigitsRight(Experiment experiment, IReadOnlyDictionary<string, double> metrics) => metrics[experiment.Card.Metrics[^1].Key];

    private static Drawing Draw(CanvasGuide canvas, int digits, int seed, ref SeededRandom random)
    {
        var cells = Enumerable.Repeat(new Drawing(CanvasGuide.CellUnits, CanvasGuide.CellUnits, []), canvas.Rows * canvas.Columns).ToArray();
        for (var drawn = 0; drawn < digits;)
        {
            var cell = random.Below(cells.Length);
            if (!cells[cell].IsEmpty)
            {
                continue;
            }

            cells[cell] = PenDigits.Draw(random.Below(10), seed: (1000 * (cell + 1)) + seed);
            drawn++;
        }

        return GridDrawing.Join(cells, canvas.Rows, canvas.Columns);
    }
}
