using VitLab.Experiments;
using VitLab.Tests.Training;
using VitLab.Vision;

namespace VitLab.Tests.Experiments;

/// <summary>What both tasks on grids say of themselves, and how they see drawings and pictures.</summary>
public class GridExperimentTests
{
    // Seven in the first cell, a bar in the last; two cells stay empty.
    private static readonly Drawing s_drawing = new(560, 560, [[60f, 60, 220, 60, 120, 230], [420f, 330, 420, 520]]);

    [Theory]
    [InlineData("grid-heads", 2)]
    [InlineData("grid-heads", 3)]
    [InlineData("grid-transcriber", 2)]
    [InlineData("grid-transcriber", 4)]
    public void CanvasAndPicture_OfASide_HaveThatManyCells(string id, int side)
    {
        var (experiment, options) = Sided(id, side);

        var (canvas, picture) = (experiment.Canvas(options)!, experiment.Geometry(options));

        Assert.Equal(new CanvasGuide(side, side), canvas);
        Assert.Equal((280 * side, 280 * side), (canvas.Width, canvas.Height));
        Assert.Equal((28 * side, 28 * side), (picture.Width, picture.Height));
        Assert.Equal(new ImageShape(1, 28, 28), experiment.SourceImages(options));
        Assert.True(experiment.Cost(options).Parameters > 0);
    }

    [Theory]
    [InlineData("grid-heads")]
    [InlineData("grid-transcriber")]
    public void SamplesPerEpoch_OfGrids_IsNotHeldBackByTheSourceDigits(string id)
    {
        var (experiment, options) = TinyGrids.Of(id);

        Assert.Equal(40, experiment.SamplesPerEpoch(40, options));
        Assert.Equal(500, experiment.SamplesPerEpoch(40, options with { SamplesPerEpoch = 500 }));
    }

    [Theory]
    [InlineData("grid-heads")]
    [InlineData("grid-transcriber")]
    public void Sample_OfASplit_IsWhatEvaluationComposes(string id)
    {
        var (experiment, options) = TinyGrids.Of(id);
        using var learner = experiment.CreateLearner(options);

        var sample = experiment.Sample(TinyRuns.Data.Test, 7, options);
        var batch = learner.ComposePlain(TinyRuns.Data.Test, [7]);

        Assert.Equal((56, 56, 4), (sample.Picture.Width, sample.Picture.Height, sample.Labels.Count));
        Assert.Equal(TinyRuns.Data.Test.Label(7), sample.Labels[0]);
        Assert.Equal(sample.Labels.Select(label => (long)label), batch.Targets[..4]);
        var paper = ((sample.Picture.Pixels[0] / 255f) - 0.1307f) / 0.3081f;
        Assert.Equal(paper, batch.Inputs[0], 1e-4);
    }

    [Theory]
    [InlineData("grid-heads")]
    [InlineData("grid-transcriber")]
    public void Prepare_AHalfFilledCanvas_CentresEachDigitAndLeavesEmptyCellsEmpty(string id)
    {
        var (experiment, options) = TinyGrids.Of(id);

        var seen = experiment.Prepare(s_drawing, options)!;

        Assert.Equal((56, 56), (seen.Width, seen.Height));
        Assert.Equal([true, false, false, true], Enumerable.Range(0, 4).Select(cell => HasInk(seen, cell)));
        Assert.Equal((56, 56), (experiment.Prepare(s_drawing, options, center: false)!.Width, experiment.Prepare(s_drawing, options, center: false)!.Height));
        Assert.Null(experiment.Prepare(new Drawing(560, 560, []), options));
        Assert.Null(experiment.Prepare(new Drawing(560, 560, []), options, center: false));
    }

    [Theory]
    [InlineData("grid-heads")]
    [InlineData("grid-transcriber")]
    public void Prepare_APhoto_FindsTheDigitsInTheirCells(string id)
    {
        var (experiment, options) = TinyGrids.Of(id);
        var photo = new GrayImage(200, 200);
        photo.Pixels.AsSpan().Fill(235);
        for (var y = 20; y < 80; y++)
        {
            photo.Pixels.AsSpan((y * 200) + 130, 12).Fill(20);
        }

        var seen = experiment.Prepare(photo, options)!;

        Assert.Equal([false, true, false, false], Enumerable.Range(0, 4).Select(cell => HasInk(seen, cell)));
        Assert.Null(experiment.Prepare(new GrayImage(200, 200), options));
    }

    [Theory]
    [InlineData("grid-heads", "patch", "5")]
    [InlineData("grid-heads", "patch", "8")]
    [InlineData("grid-heads", "pooling", "mean")]
    [InlineData("grid-heads", "side", "5")]
    [InlineData("grid-transcriber", "patch", "16")]
    [InlineData("grid-transcriber", "decoderDepth", "0")]
    [InlineData("grid-transcriber", "emptyChance", "1")]
    [InlineData("grid-transcriber", "jitterPixels", "15")]
    public void Options_ThatCannotBeRun_AreRefusedByName(string id, string key, string value)
    {
        var (experiment, options) = TinyGrids.Of(id);
        var schema = OptionSchema.Of(experiment);

        var e = Assert.Throws<OptionException>(() => schema.Check(schema.With(options, key, value)));

        Assert.Equal(key, e.Field);
    }

    private static (GridExperiment Experiment, GridOptions Options) Sided(string id, int side)
    {
        var (experiment, options) = TinyGrids.Of(id);
        return (experiment, options with { Side = side });
    }

    private static bool HasInk(GrayImage picture, int cell) => Enumerable.Range(0, 28).Any(y =>
        picture.Pixels.AsSpan((((cell / 2 * 28) + y) * picture.Width) + (cell % 2 * 28), 28).ContainsAnyExcept((byte)0));
}
