using VitLab.Tests.Support;
using VitLab.Vision;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

public sealed class PredictionServiceTests : IDisposable
{
    private static readonly Drawing s_seven = new(280, 280, [[60f, 60, 220, 60, 120, 230]]);

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Predict_WithALiveRun_AnswersWithItsNewestWeights()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
        await lab.WaitForStepAsync(id, 3);

        var first = await lab.Predictions.PredictAsync(new PredictionRequest(id, s_seven));
        Assert.True(first.Weights.Step >= 3);
        Assert.True(lab.Predictions.Choices()[0] is { Live: true } choice && choice.Id == id);

        await lab.WaitForStepAsync(id, first.Weights.Step + 500);
        await lab.Runs.CommandAsync(id, new PauseRun());
        var step = lab.Runs.Find(id)!.Step;
        PredictionAnswer next;
        do
        {
            next = await lab.Predictions.PredictAsync(new PredictionRequest(id, s_seven));
        }
        while (next.Weights.Step < step);                // at most a quarter of a second old

        Assert.Equal(step, next.Weights.Step);
    }

    [Fact]
    public async Task Predict_ManyAtOnce_AllAnswerAlike()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitAsync(id, RunState.Completed);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => lab.Predictions.PredictAsync(new PredictionRequest(id, s_seven))));

        Assert.Single(answers.Select(answer => string.Join(' ', answer.Reading!.Regions[0].Probabilities)).Distinct());
    }

    [Fact]
    public async Task Predict_TruncatedCheckpoint_SaysWhatIsWrong()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitAsync(id, RunState.Completed);
        var best = lab.Store.Folder(id).Checkpoint("best");
        File.WriteAllBytes(best, File.ReadAllBytes(best)[..100]);

        var error = await Assert.ThrowsAsync<VitLab.Models.CheckpointException>(() => lab.Predictions.PredictAsync(new PredictionRequest(id, s_seven)));
        Assert.Contains("best.safetensors", error.Message, StringComparison.Ordinal);
    }
}
