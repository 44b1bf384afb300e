using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Web.Hubs;

/// <summary>What happened since the last update: steps as columns, because there are many of them, everything else as it is.</summary>
/// <param name="Sequence">Of the newest event in here; a client that reconnects asks for what comes after it.</param>
public sealed record RunUpdate(long Sequence, StepColumns Steps, IReadOnlyList<SequencedEvent> Events)
{
    public static RunUpdate Of(IReadOnlyList<SequencedEvent> batch)
    {
        StepCompleted[] steps = [.. batch.Select(e => e.Event).OfType<StepCompleted>()];
        return new RunUpdate(
            batch[^1].Sequence,
            new StepColumns(
                [.. steps.Select(step => step.Step)],
                [.. steps.Select(step => step.Epoch)],
                [.. steps.Select(step => step.Loss)],
                [.. steps.Select(step => step.Rate)],
                [.. steps.Select(step => step.GradientNorm)],
                [.. steps.Select(step => step.ImagesPerSecond)]),
            [.. batch.Where(e => e.Event is not StepCompleted)]);
    }
}

/// <summary>Columns of equal length; a number that is not finite is null on the wire.</summary>
public sealed record StepColumns(long[] Step, int[] Epoch, float[] Loss, float[] Rate, float[] GradientNorm, float[] ImagesPerSecond);
