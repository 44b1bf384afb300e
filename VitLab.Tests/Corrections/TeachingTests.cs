using System.Text.Json;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Tests.Runs;
using VitLab.Tests.Support;
using VitLab.Training;
using VitLab.Vision;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;

namespace VitLab.Tests.Corrections;

/// <summary>Teaching from the first correction to the verdict, with a model of a few hundred numbers.</summary>
public sealed class TeachingTests : IDisposable
{
    /// <summary>A model that takes a while over many pictures.</summary>
    private static readonly (string, object)[] s_slow = [("dim", 64), ("depth", 4), ("mlpDim", 128)];

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Start_Weights_AreGivenAShortCarefulLessonAndMeasured()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = await TrainAsync(lab);
        Correct(lab, 40);

        var run = await TeachAsync(lab, pupil);

        Assert.Equal((1, TeachingService.CorrectionShare, TeachingService.Samples), (run.Options.Epochs, run.Options.CorrectionShare, run.Options.SamplesPerEpoch));
        Assert.Equal(lab.Runs.Find(pupil)!.Options.LearningRate / 10, run.Options.LearningRate, 1e-12);
        Assert.Equal((pupil, 40, TeachingVerdict.Pending), (run.Teaching!.Base, run.Teaching.Corrections, run.Teaching.Verdict));
        Assert.Contains("40 corrected drawings", run.DataDescription, StringComparison.Ordinal);
        Assert.Equal(["accuracy"], run.Teaching.Before!.Test.Keys);
        Assert.Equal(["accuracy"], run.Teaching.After!.Corrections.Keys);
    }

    [Fact]
    public async Task Teaching_LongEnough_LearnsTheCorrections()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = await TrainAsync(lab);
        Correct(lab, 10);

        var run = await lab.Runs.StartAsync(TestLab.Request(epochs: 60, ("correctionShare", 0.5), ("samplesPerEpoch", 0), ("batchSize", 16)) with { From = pupil });
        var teaching = (await lab.WaitAsync(run.Id, RunState.Completed)).Teaching!;

        Assert.True(teaching.After!.Corrections["accuracy"] >= teaching.Before!.Corrections["accuracy"] + 0.5, $"{teaching.Before.Corrections["accuracy"]} → {teaching.After.Corrections["accuracy"]}");
    }

    [Theory]
    [InlineData("grid-heads")]
    [InlineData("grid-transcriber")]
    public async Task Start_WeightsThatReadGrids_LearnTheSameCorrectionsByTheirOwnMetrics(string experiment)
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = (await lab.Runs.StartAsync(TestLab.Request(experiment))).Id;
        await lab.WaitAsync(pupil, RunState.Completed);
        Correct(lab, 12);

        var run = await TeachAsync(lab, pupil);

        Assert.Equal(["sequenceAccuracy", "digitAccuracy"], run.Teaching!.After!.Corrections.Keys);
        using var predictor = new Predictor(Checkpoint.Load(lab.Store.Folder(run.Id).Checkpoint("last")));
        Assert.Equal(predictor.Evaluate(TinyData.Splits.Test).Metrics["digitAccuracy"], run.Teaching.After.Test["digitAccuracy"], 1e-9);
    }

    [Fact]
    public async Task Measurements_AreThoseOfTheCheckpointsOnTheSplits()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = await TrainAsync(lab);
        Correct(lab, 12);

        var run = await TeachAsync(lab, pupil);

        var digits = CorrectionDigits.Normalize(lab.Corrections.Drawings);
        Assert.Equal(Scores(lab, $"{pupil}/best", digits), Pair(run.Teaching!.Before!));
        Assert.Equal(Scores(lab, $"{run.Id}/last", digits), Pair(run.Teaching.After!));
    }

    [Fact]
    public async Task Verdict_DecidesWhoAnswers()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = await TrainAsync(lab);
        Correct(lab, 12);
        var taught = await TeachAsync(lab, pupil);
        Assert.DoesNotContain(taught.Id, Choices(lab));

        lab.Teaching.Decide(taught.Id, accepted: true);
        Assert.Equal(taught.Id, Choices(lab)[0]);
        Assert.Equal(taught.Id, TeachingService.Pupils(lab.Predictions.Choices())[0].Id);

        lab.Teaching.Decide(taught.Id, accepted: false);
        Assert.DoesNotContain(taught.Id, Choices(lab));
    }

    [Fact]
    public async Task Verdict_TheNewestAccepted_ComesFirst()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = await TrainAsync(lab);
        Correct(lab, 12);
        var first = (await TeachAsync(lab, pupil)).Id;
        lab.Teaching.Decide(first, accepted: true);
        var second = (await TeachAsync(lab, first)).Id;
        lab.Teaching.Decide(second, accepted: true);

        Assert.Equal([second, first], Choices(lab)[..2]);
        lab.Teaching.Decide(second, accepted: false);
        Assert.Equal(first, Choices(lab)[0]);
    }

    [Fact]
    public async Task Verdict_SurvivesARestartAndSoDoTheLastWeights()
    {
        string taught;
        await using (var lab = await new TestLab(_home).StartAsync())
        {
            var pupil = await TrainAsync(lab);
            Correct(lab, 12);
            taught = (await TeachAsync(lab, pupil)).Id;
            lab.Teaching.Decide(taught, accepted: true);
        }

        await using var next = await new TestLab(_home).StartAsync();
        var run = next.Runs.Find(taught)!;
        Assert.True(run.Teaching is { Verdict: TeachingVerdict.Accepted, Before: not null, After: not null, Decided: not null });
        Assert.Equal(12, next.Corrections.List().Count);
        Assert.Equal(taught, Choices(next)[0]);
        var answer = await next.Predictions.PredictAsync(new(taught, Drawing: PenDigits.Draw(3, 1)), TestContext.Current.CancellationToken);
        Assert.Equal(run.TotalSteps, answer.Weights.Step);
    }

    [Fact]
    public async Task Shutdown_WhileTeaching_GoesOnWithTheCorrectionsItBeganWith()
    {
        string id;
        await using (var lab = await new TestLab(_home).StartAsync())
        {
            var pupil = await TrainAsync(lab);
            Correct(lab, 12);
            id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 200, ("correctionShare", 0.25), ("batchSize", 8)) with { From = pupil })).Id;
            await lab.WaitForStepAsync(id, 20);
        }

        await using var next = await new TestLab(_home).StartAsync();
        Correct(next, 5);
        await next.WaitForEventAsync<RunStarted>(id, started => started.Step > 0);
        var starts = next.Events(id).OfType<RunStarted>().ToList();
        Assert.Equal(2, starts.Count);
        Assert.Equal(starts[0].DataChecksum, starts[1].DataChecksum);
        Assert.NotNull(next.Runs.Find(id)!.Teaching!.Before);

        await next.Runs.CommandAsync(id, new StopRun());
        var stopped = await next.WaitAsync(id, RunState.Stopped);
        Assert.Null(stopped.Teaching!.After);
        Assert.Throws<RunConflictException>(() => next.Teaching.Decide(id, accepted: true));
        Assert.Equal(TeachingVerdict.Rejected, next.Teaching.Decide(id, accepted: false).Teaching!.Verdict);
    }

    [Fact]
    public async Task Stop_WhileMeasuringBefore_EndsWithNothingChanged()
    {
        await using var lab = await new TestLab(_home, data: new LargeTest()).StartAsync();
        var pupil = await TrainAsync(lab, s_slow);
        Correct(lab, 3);
        var id = (await lab.Teaching.StartAsync(pupil)).Id;
        await lab.WaitAsync(id, run => run.Activity is { } activity && activity.StartsWith("Measuring before", StringComparison.Ordinal));

        await lab.Runs.CommandAsync(id, new StopRun());

        Assert.True((await lab.WaitAsync(id, RunState.Stopped)).Teaching is { Before: null, After: null, Verdict: TeachingVerdict.Pending });
    }

    [Fact]
    public async Task Shutdown_WhileMeasuringAfter_MeasuresAgainAndCompletes()
    {
        string id;
        await using (var lab = await new TestLab(_home, data: new LargeTest()).StartAsync())
        {
            var pupil = await TrainAsync(lab, s_slow);
            Correct(lab, 3);
            id = (await lab.Teaching.StartAsync(pupil)).Id;
            await lab.WaitAsync(id, run => run.Activity is { } activity && activity.StartsWith("Measuring after", StringComparison.Ordinal));
        }

        await using var next = await new TestLab(_home, data: new LargeTest()).StartAsync();
        Assert.True((await next.WaitAsync(id, RunState.Completed)).Teaching is { Before: not null, After: not null });
    }

    [Fact]
    public async Task Start_WithoutCorrections_SaysWhatToDo()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = await TrainAsync(lab);

        var refused = await Assert.ThrowsAsync<OptionException>(() => lab.Teaching.StartAsync(pupil));

        Assert.Contains("no corrections yet", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RunException>(() => lab.Teaching.StartAsync("no-such"));
        Assert.Single(lab.Runs.List());
        Assert.Empty(lab.Runs.Unreadable());
    }

    [Fact]
    public async Task Start_SnapshotGone_FailsByName()
    {
        string id;
        await using (var lab = await new TestLab(_home).StartAsync())
        {
            var pupil = await TrainAsync(lab);
            Correct(lab, 3);
            await lab.StopAsync();
            id = (await lab.Teaching.StartAsync(pupil)).Id;
        }

        File.Delete(_home.File("runs", id, "corrections.jsonl"));
        await using var next = await new TestLab(_home).StartAsync();

        Assert.Contains("corrections.jsonl", (await next.WaitAsync(id, RunState.Failed)).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fork_OfALesson_GoesOnWithItsCorrectionsOrSaysTheyAreGone()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = await TrainAsync(lab);
        Correct(lab, 3);
        var lesson = await TeachAsync(lab, pupil);
        Correct(lab, 9);

        var fork = await lab.Runs.ForkAsync(lesson.Id, "last", JsonSerializer.SerializeToElement(new { epochs = 2 }));
        Assert.Equal(3, (await lab.WaitAsync(fork.Id, RunState.Completed)).Teaching!.Corrections);

        File.Delete(_home.File("runs", lesson.Id, "corrections.jsonl"));
        await Assert.ThrowsAsync<RunConflictException>(() => lab.Runs.ForkAsync(lesson.Id, "last"));
    }

    [Fact]
    public async Task Share_WithoutWeightsToStartFrom_IsAnOrdinaryRun()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        Correct(lab, 3);

        var run = await lab.Runs.StartAsync(TestLab.Request(epochs: 1, ("correctionShare", 0.5)));
        await lab.WaitAsync(run.Id, RunState.Completed);

        Assert.Null(lab.Runs.Find(run.Id)!.Teaching);
        Assert.Contains(run.Id, Choices(lab));
    }

    [Fact]
    public async Task Decide_OnAnOrdinaryRun_IsRefused()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var pupil = await TrainAsync(lab);

        Assert.Throws<RunConflictException>(() => lab.Teaching.Decide(pupil, accepted: true));
        Assert.Throws<RunNotFoundException>(() => lab.Teaching.Decide("no-such", accepted: true));
    }

    /// <summary>Weights that have seen the tiny data only.</summary>
    private static async Task<string> TrainAsync(TestLab lab, params (string Key, object Value)[] more)
    {
        var run = await lab.Runs.StartAsync(TestLab.Request(epochs: more.Length > 0 ? 1 : 4, more));
        await lab.WaitAsync(run.Id, RunState.Completed);
        return run.Id;
    }

    private static async Task<RunRecord> TeachAsync(TestLab lab, string pupil)
    {
        var run = await lab.Teaching.StartAsync(pupil);
        return await lab.WaitAsync(run.Id, RunState.Completed);
    }

    private static void Correct(TestLab lab, int count)
    {
        for (var i = 0; i < count; i++) lab.Corrections.Add(PenDigits.Draw(i % 10, seed: i) with { Label = [i % 10] });
    }

    private static List<string> Choices(TestLab lab) => [.. lab.Predictions.Choices().Where(choice => !choice.Id.StartsWith("single-digit", StringComparison.Ordinal)).Select(choice => choice.Id)];

    private static (double, double) Scores(TestLab lab, string checkpoint, ImageSet corrections)
    {
        var parts = checkpoint.Split('/');
        using var predictor = new Predictor(Checkpoint.Load(lab.Store.Folder(parts[0]).Checkpoint(parts[1])));
        return (predictor.Evaluate(corrections).Metrics["accuracy"], predictor.Evaluate(TinyData.Splits.Test).Metrics["accuracy"]);
    }

    private static (double, double) Pair(TeachingScores scores) => (scores.Corrections["accuracy"], scores.Test["accuracy"]);

    /// <summary>So many test digits that measuring can be seen going on.</summary>
    private sealed class LargeTest() : LabData(new DataCatalog())
    {
        public override Task<ImageSplits> LoadAsync(string source, int seed, Action<string>? activity = null, CancellationToken ct = default) =>
            Task.FromResult(TinyData.Splits with { Test = TinyData.Splits.Test.Select([.. Enumerable.Range(0, 10_000).Select(index => index % TinyData.Splits.Test.Count)]) });
    }
}
