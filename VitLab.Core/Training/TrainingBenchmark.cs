using System.Diagnostics;
using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Training;

/// <summary>
/// Measures the training step as a run takes it: <see cref="Trainer"/> steps with the preset's options on noise pictures. Augmentation is
/// switched off and validation left out, so that the figure stands beside other engines' steps on batches in memory.
/// </summary>
public static class TrainingBenchmark
{
    private const int WarmUpSteps = 12;

    private static readonly TimeSpan s_longestWarmUp = TimeSpan.FromSeconds(10);   // large models are warm after a step or two
    private const int EpochSteps = 256;   // about MNIST's, so that what happens at an epoch's end counts as in a run

    /// <param name="seconds">Length of one of three rounds; the fastest counts, as the others were disturbed by something.</param>
    public static TrainingMeasurement Measure(Experiment experiment, ExperimentPreset preset, ComputeDevice device, int batchSize = 128, double seconds = 2)
    {
        var options = Unaugmented(experiment, preset.Options) with { BatchSize = batchSize, Epochs = 1000, SamplesPerEpoch = batchSize * EpochSteps, EarlyStopEpochs = 0 };
        using var trainer = new Trainer(new TrainingPlan(experiment, preset.Id, options, NoiseData.For(experiment, options, batchSize * EpochSteps)) { Device = device });
        using var events = trainer.Run(static () => false).GetEnumerator();
        var start = Stopwatch.GetTimestamp();
        while (trainer.Step == 0 || (trainer.Step < WarmUpSteps && Stopwatch.GetElapsedTime(start) < s_longestWarmUp))
        {
            events.MoveNext();
        }

        double best = 0;
        var allocated = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var (rate, bytes) = Round(trainer, events, batchSize, seconds);
            (best, allocated) = (Math.Max(best, rate), Math.Min(allocated, bytes));
        }

        return new TrainingMeasurement(experiment.Id, preset.Id, batchSize, best, best * experiment.Cost(options).TrainingFlops / 1e9, allocated);
    }

    /// <summary>The machine's best single-precision matrix product rate in GFLOP/s, over square matrices of several sizes.</summary>
    public static double MeasureGemm(ComputeDevice device, double secondsPerSize = 0.5)
    {
        double best = 0;
        var where = torch.device(device.Id);
        using var noGrad = torch.no_grad();
        foreach (var size in (ReadOnlySpan<long>)[128, 256, 384, 512, 768, 1024])
        {
            using var scope = torch.NewDisposeScope();
            var (a, b) = (torch.rand(size, size, device: where), torch.rand(size, size, device: where));
            torch.matmul(a, b).Dispose();
            var until = Stopwatch.GetTimestamp() + (long)(secondsPerSize * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < until)
            {
                using var round = torch.NewDisposeScope();   // each round works in the memory of the one before, which the cache holds

                // Products small enough to be over at once are timed several at a time, so that the clock's own cost does not show.
                var repeats = Math.Max(1, (int)(1e8 / (2.0 * size * size * size)));
                var start = Stopwatch.GetTimestamp();
                for (var i = 1; i < repeats; i++)
                {
                    torch.matmul(a, b).Dispose();
                }

                torch.matmul(a, b).select(0, 0).select(0, 0).ToSingle();   // a number on the host: the products are done
                best = Math.Max(best, repeats * 2.0 * size * size * size / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
            }
        }

        return best;
    }

    private static TrainingOptions Unaugmented(Experiment experiment, TrainingOptions options)
    {
        var schema = OptionSchema.Of(experiment);
        return schema.Fields.Where(field => field.Group == "Augmentation").Aggregate(options, (plain, field) => schema.With(plain, field.Key, "0"));
    }

    // Steps are counted as they are taken, not as they are told: a round may end between the two.
    private static (double ImagesPerSecond, long BytesPerStep) Round(Trainer trainer, IEnumerator<TrainingEvent> events, int batchSize, double seconds)
    {
        var before = trainer.Step;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        do
        {
            events.MoveNext();
        }
        while (trainer.Step == before || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        var (elapsed, count) = (Stopwatch.GetElapsedTime(start).TotalSeconds, trainer.Step - before);
        return (count * batchSize / elapsed, (GC.GetAllocatedBytesForCurrentThread() - bytes) / count);
    }
}

/// <param name="Gflops">Billions of floating-point operations a second in matrix products, a step counted as three forward passes.</param>
/// <param name="AllocatedBytesPerStep">On the training thread's managed heap, once warm.</param>
public sealed record TrainingMeasurement(string Experiment, string Preset, int Batch, double ImagesPerSecond, double Gflops, long AllocatedBytesPerStep);
