using VitLab.Data;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Tests.Support;
using VitLab.Vision;

namespace VitLab.Tests.Inference;

/// <summary>The shipped readers of sequences answer what is drawn, not scanned digits alone.</summary>
public class ShippedSequenceTests
{
    private const int Drawings = 200;

    [Theory]
    [InlineData("anchor-in-sequence", 0.92)]
    [InlineData("sequence-sum", 0.6)]
    public void Transformer_DrawnSequences_AreAnsweredRightAndOftenerThanByTheBaseline(string name, double atLeast)
    {
        var (right, baseline) = (Accuracy(name), Accuracy($"{name}-fully-connected"));

        Assert.True(right > atLeast, $"{right:P1} of {Drawings} drawings");
        Assert.True(right > baseline + 0.1, $"{right:P1} of {Drawings} drawings, the baseline {baseline:P1}");
    }

    /// <summary>Sequences of pen digits with gaps, from strokes to the answer.</summary>
    private static double Accuracy(string name)
    {
        var checkpoint = Checkpoint.Load(Repository.PathOf("VitLab.Web", "pretrained", $"{name}.safetensors"));
        var (experiment, options) = ((SequenceExperiment)ExperimentCatalog.Find(checkpoint.Info.Experiment), checkpoint.Info.Options);
        using var predictor = new Predictor(checkpoint);
        var composer = experiment.Composer(AugmentationOptions.None);
        var (pens, sources) = (PenDigits.Generate(1000, seed: 20_261_128), new int[composer.Cells]);

        var right = 0;
        for (var index = 0; index < Drawings; index++)
        {
            composer.PlainSources(pens, index, sources);
            int[] labels = [.. sources.Select(source => source == SequenceComposer.Empty ? SequenceComposer.Empty : pens.Label(source))];
            var drawing = GridDrawing.Join([.. labels.Select((label, cell) => Cell(label, (100 * index) + cell))], 1, composer.Cells);
            var reading = predictor.Read(experiment.Prepare(drawing, options)!, withAttention: false);
            right += reading.Labels[0] == experiment.Answer(labels) ? 1 : 0;
        }

        return right / (double)Drawings;
    }

    private static Drawing Cell(int label, int seed) =>
        label == SequenceComposer.Empty ? new Drawing(CanvasGuide.CellUnits, CanvasGuide.CellUnits, []) : PenDigits.Draw(label, seed);
}
