using VitLab.Data;

namespace VitLab.Experiments;

/// <summary>What every run can set, whatever its experiment; an experiment adds its own by deriving. Keys are the camelCase property names.</summary>
public record TrainingOptions
{
    [Option("Data", "Scanned digits (mnist), generated pen strokes (pen), or both mixed half and half (mix).", Group = "Data", Choices = ["mnist", "pen", "mix"])]
    public virtual string Data { get; init; } = "mnist";

    [Option("Seed", "Same seed, same machine kind: same curve.", Group = "Data", Minimum = 0, Maximum = int.MaxValue)]
    public int Seed { get; init; } = 1;

    [Option("Samples per epoch", "Training samples an epoch has; 0 is one for each training image.", Group = "Data", Minimum = 0, Maximum = 1_000_000)]
    public int SamplesPerEpoch { get; init; } = 0;

    [Option("Corrections", "Share of the training digits that are corrected drawings; 0 leaves them out. A run holds on to those there are when it starts.", Group = "Data", Minimum = 0, Maximum = CorrectionDigits.LargestShare)]
    public double CorrectionShare { get; init; } = 0;

    [Option("Epochs", "Passes over the training split.", Minimum = 1, Maximum = 1000, Unit = "epochs")]
    public int Epochs { get; init; } = 10;

    [Option("Batch size", "Images per step: larger is smoother and faster per image, smaller takes more steps.", Minimum = 1, Maximum = 4096, Unit = "images")]
    public int BatchSize { get; init; } = 128;

    [Option("Accumulation", "Parts that a batch is computed in, one after another, before the weights move: needs that much less memory.", Minimum = 1, Maximum = 4096, Unit = "parts")]
    public int AccumulationSteps { get; init; } = 1;

    [Option("Optimizer", "AdamW decouples weight decay from the gradient; Adam does not; SGD uses momentum 0.9.", Choices = ["adamw", "adam", "sgd"])]
    public string Optimizer { get; init; } = "adamw";

    [Option("Learning rate", "Peak rate, reached after the warm-up.", Minimum = 1e-6, Maximum = 10)]
    public double LearningRate { get; init; } = 2e-3;

    [Option("Warm-up", "Epochs in which the rate rises linearly from 0.", Minimum = 0, Maximum = 100, Unit = "epochs")]
    public double WarmUpEpochs { get; init; } = 1;

    [Option("Final rate", "Fraction of the peak rate that the cosine ends on; 1 keeps it constant.", Minimum = 0, Maximum = 1)]
    public double FinalRateFraction { get; init; } = 0.01;

    [Option("Weight decay", "Pull of weights towards 0; biases, norms and embeddings are left out.", Minimum = 0, Maximum = 1)]
    public double WeightDecay { get; init; } = 0.05;

    [Option("Gradient clip", "Largest norm of the whole gradient; 0 does not clip.", Minimum = 0, Maximum = 1000)]
    public double ClipNorm { get; init; } = 1;

    [Option("Label smoothing", "Share of the target spread over all classes.", Minimum = 0, Maximum = 0.9)]
    public double LabelSmoothing { get; init; } = 0.05;

    [Option("Weight averaging", "Decay of the exponential moving average that is evaluated and saved; 0 switches it off.", Minimum = 0, Maximum = 0.99999)]
    public double EmaDecay { get; init; } = 0;

    [Option("Early stop", "Ends the run after this many epochs without a better validation result; 0 never.", Minimum = 0, Maximum = 1000, Unit = "epochs")]
    public int EarlyStopEpochs { get; init; } = 0;

    [Option("Checkpoint every", "Seconds between checkpoints; one is also written at pause, stop and shutdown.", Minimum = 1, Maximum = 3600, Unit = "s")]
    public double CheckpointSeconds { get; init; } = 10;

    /// <summary>Values that are fine alone but not together, named by the field to change. An experiment adds its own by overriding.</summary>
    public virtual IEnumerable<OptionProblem> Conflicts()
    {
        if (WarmUpEpochs >= Epochs)
        {
            yield return new OptionProblem("warmUpEpochs", $"expected less than the {Epochs} epochs of the run, got {WarmUpEpochs}.");
        }

        if (AccumulationSteps > BatchSize)
        {
            yield return new OptionProblem("accumulationSteps", $"expected at most one part for each of the {BatchSize} images of a batch, got {AccumulationSteps}.");
        }

        if (SamplesPerEpoch > 0 && SamplesPerEpoch < BatchSize)
        {
            yield return new OptionProblem("samplesPerEpoch", $"expected 0 or at least one batch of {BatchSize} images, got {SamplesPerEpoch}.");
        }
    }
}
