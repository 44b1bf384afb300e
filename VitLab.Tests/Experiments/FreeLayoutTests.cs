using VitLab.Data;
using VitLab.Experiments;
using VitLab.Tests.Training;
using VitLab.Vision;

namespace VitLab.Tests.Experiments;

/// <summary>What the task of digits anywhere says of itself, and how it sees drawings and pictures.</summary>
public class FreeLayoutTests
{
    private static readonly FreeLayout s_experiment = TinyScenes.Experiment;
    private static readonly FreeLayoutOptions s_options = TinyScenes.Options;

    [Fact]
    public void Canvas_IsFreePaper_OfTheSizesThatCanBeRead()
    {
        var canvas = s_experiment.Canvas(s_options)!;

        Assert.Equal(new CanvasLimits(560, 1680, 1120), canvas.Limits);
        Assert.Equal((1120, 1120), (canvas.Width, canvas.Height));
        Assert.True(canvas.Fits(new Drawing(560, 1680, [])) && canvas.Fits(new Drawing(563, 777, [])));
        Assert.False(canvas.Fits(new Drawing(280, 280, [])) || canvas.Fits(new Drawing(560, 1690, [])));
        Assert.Equal(canvas, s_experiment.Canvas(s_options with { MostDigits = 5 }));
    }

    [Fact]
    public void Geometry_OfAPreparedPicture_IsThatPictures()
    {
        var seen = s_experiment.Prepare(new Drawing(700, 1120, [[100f, 100, 200, 200]]), s_options)!;

        var geometry = s_experiment.Geometry(s_options).Of(seen);

        Assert.Equal(new InputGeometry(1, 112, 70, 14), geometry);
        Assert.Equal((8, 5), (geometry.GridHeight, geometry.GridWidth));
    }

    [Fact]
    public void Sample_OfASplit_IsWhatEvaluationComposes()
    {
        using var learner = s_experiment.CreateLearner(s_options);

        var sample = s_experiment.Sample(TinyRuns.Data.Test, 7, s_options);
        var batch = learner.ComposePlain(TinyRuns.Data.Test, [7]);

        Assert.Equal([1L, 1, 112, 112], batch.InputShape);
        Assert.Equal(sample.Labels.Select(label => (long)label), batch.Targets.Chunk(5).Where(digit => digit[0] >= 0).Select(digit => digit[0]));
        Assert.All(sample.Picture.Pixels.Zip(batch.Inputs), pixel => Assert.Equal(((pixel.First / 255f) - 0.1307f) / 0.3081f, pixel.Second, 0.01f));
    }

    [Fact]
    public void Probe_OfASplit_IsASmallScene()
    {
        var probe = s_experiment.Probe(TinyRuns.Data.Validation, 3, s_options);

        Assert.Equal((84, 56), (probe.Picture.Width, probe.Picture.Height));
        Assert.True(new GridHeads().Probe(TinyRuns.Data.Validation, 3, TinyGrids.HeadsOptions).Picture.Width == 56);   // elsewhere it is the sample
    }

    [Fact]
    public void SamplesPerEpoch_OfScenes_IsNotHeldBackByTheSourceDigits()
    {
        Assert.Equal(40, s_experiment.SamplesPerEpoch(40, s_options));
        Assert.Equal(500, s_experiment.SamplesPerEpoch(40, s_options with { SamplesPerEpoch = 500 }));
        Assert.True(s_experiment.LearnsCorrections(s_options));
    }

    [Fact]
    public void Measure_DrawingsWithLabels_CountsScenesAndDigits()
    {
        var answers = new AnswerCount();
        answers.Add([1, 2, 3], [1, 2, 3]);
        answers.Add([1, 2, 3], [1, 2, 8]);
        answers.Add([1, 2], [1]);
        answers.Add([], []);

        var metrics = s_experiment.Measure(answers);

        Assert.Equal((0.5, 0.75), (metrics["sceneAccuracy"], metrics["countAccuracy"]));
    }

    [Theory]
    [InlineData("patch", "8")]
    [InlineData("positions", "none")]
    [InlineData("mostDigits", "13")]
    [InlineData("largestInk", "12")]
    [InlineData("touchChance", "1.5")]
    public void Options_ThatCannotBeRun_AreRefusedByName(string key, string value)
    {
        var schema = OptionSchema.Of(s_experiment);

        var e = Assert.Throws<OptionException>(() => schema.Check(schema.With(s_options, key, value)));

        Assert.Equal(key, e.Field);
    }

    [Fact]
    public void Cost_OfTheUsualCanvas_CountsTheModelsParameters()
    {
        using var learner = s_experiment.CreateLearner(s_options with { Positions = "learned" });
        using var fixedPlaces = s_experiment.CreateLearner(s_options);

        Assert.Equal(learner.Network.parameters().Sum(parameter => parameter.numel()), s_experiment.Cost(s_options with { Positions = "learned" }).Parameters);
        Assert.Equal(fixedPlaces.Network.parameters().Sum(parameter => parameter.numel()), s_experiment.Cost(s_options).Parameters);
    }

    [Fact]
    public void TrainingCanvas_ManyDraws_LeavesSizesOutThatAreMeasured()
    {
        var random = new SeededRandom(1);
        HashSet<(int, int)> drawn = [];
        for (var i = 0; i < 5_000; i++)
        {
            var (height, width) = TrainingCanvas.Draw(ref random);
            drawn.Add((height, width));
            Assert.True(TrainingCanvas.IsSeen(height, width));
            Assert.InRange(Math.Min(height, width), SceneNormalizer.ShortestSide, SceneNormalizer.LongestSide);
        }

        Assert.Contains(TrainingCanvas.Measured, size => drawn.Contains(size));
        Assert.Contains(TrainingCanvas.Measured, size => !TrainingCanvas.IsSeen(size.Height, size.Width));
        Assert.Contains((56, 168), drawn);
    }
}
