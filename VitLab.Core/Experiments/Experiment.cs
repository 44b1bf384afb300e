using VitLab.Insight;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// One task of the lab: what it is, which model and loss, which metrics, how to read an answer. The dashboard, the command line, the
/// API, the run store and the results table know a task through this class alone. A newcomer adds a task by adding one file here and
/// one line in <see cref="ExperimentCatalog"/>.
/// </summary>
public abstract class Experiment
{
    /// <summary>Public id: URLs, command line, run folders.</summary>
    public abstract string Id { get; }

    public abstract ExperimentCard Card { get; }

    /// <summary>First is the default.</summary>
    public abstract IReadOnlyList<ExperimentPreset> Presets { get; }

    /// <summary>The type of <see cref="ExperimentPreset.Options"/>, from which form, command line and checks are made.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>Names of the classes an answer chooses from, in the order of every probability list ("0" … "9").</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>Size of the picture the model reads and of its patches under these options.</summary>
    public abstract InputGeometry Geometry(TrainingOptions options);

    /// <summary>A fresh model with everything that knows the task. Seeds initialisation with <see cref="TrainingOptions.Seed"/>. The caller disposes it.</summary>
    public abstract Learner CreateLearner(TrainingOptions options);

    /// <summary>Parameters and FLOPs of the model under these options.</summary>
    public abstract ModelCost Cost(TrainingOptions options);

    /// <summary>What the model sees of a drawing: rasterised and normalised, or null when nothing is drawn.</summary>
    /// <param name="center">MNIST's normalisation (20 px box, centre of mass); off keeps the drawing where it is.</param>
    public abstract GrayImage? Prepare(Drawing drawing, TrainingOptions options, bool center = true);

    /// <summary>The same for a picture of any size (dark ink on light paper is inverted), or null when it is empty.</summary>
    public abstract GrayImage? Prepare(GrayImage picture, TrainingOptions options, bool center = true);
}

/// <param name="Phase">Heading of the card: "Phase 1".</param>
/// <param name="Goal">One sentence: what the model learns.</param>
/// <param name="PrimaryMetric">Key of the metric that "best" means, e.g. "accuracy"; larger is better.</param>
public sealed record ExperimentCard(string Title, string Phase, string Goal, string PrimaryMetric);

/// <param name="Expectation">What a run of this preset reaches, e.g. "99.3 % of MNIST's test digits in 20 epochs".</param>
/// <param name="ExpectedAccuracy">The same as a number in 0…1, drawn as a reference line.</param>
public sealed record ExperimentPreset(string Id, string Title, string Summary, string Expectation, double ExpectedAccuracy, TrainingOptions Options);

/// <summary>Sizes in pixels. The patch grid is (Height / Patch) × (Width / Patch).</summary>
public sealed record InputGeometry(int Channels, int Height, int Width, int Patch)
{
    public int GridHeight => Height / Patch;

    public int GridWidth => Width / Patch;
}
