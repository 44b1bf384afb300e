using VitLab.Experiments;
using VitLab.Models;
using VitLab.Torch.Memory;
using VitLab.Training;

namespace VitLab.Tests.Torch;

/// <summary>Forecasts of memory against what the managed engine's pool hands out.</summary>
public class TrainingMemoryTests
{
    private static readonly Experiment s_experiment = ExperimentCatalog.Find("image-classifier");

    // What a training step really takes, on a thread of its own so that the pool counts nothing else: forward and backward of one batch, weights and gradients included.
    [Fact]
    public void Of_ATrainingStep_IsNoLessThanItTakesAndNotMuchMore()
    {
        var options = (ImageClassifierOptions)s_experiment.FindPreset("nano").Options with { BatchSize = 16, EmaDecay = 0, Depth = 3 };
        long most = 0;
        var thread = new Thread(() =>
        {
            using var trainer = new Trainer(new TrainingPlan(s_experiment, "nano", options, NoiseData.For(s_experiment, options, 64)) { Device = Hardware.This.Cpu });
            foreach (var happened in trainer.Run())
            {
                if (happened is StepCompleted { Step: 3 })
                {
                    most = BufferPool.Current.RetainedBytes + BufferPool.Current.OutstandingBytes;
                    break;
                }
            }
        });
        thread.Start();
        thread.Join();

        var needed = MemoryForecast.Of(s_experiment, options);
        Assert.InRange((double)most / (needed.Total - needed.Copies), 0.7, 1.3);
    }
}
