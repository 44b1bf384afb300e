using VitLab.Data;
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

    /// <summary>Ids of the experiments whose weights are a good start; none where training starts from nothing.</summary>
    public virtual IReadOnlyList<string> Predecessors => [];

    /// <summary>First is the default.</summary>
    public abstract IReadOnlyList<ExperimentPreset> Presets { get; }

    /// <summary>The type of <see cref="ExperimentPreset.Options"/>, from which form, command line and checks are made.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>Names of the classes an answer chooses from, in the order of every probability list ("0" … "9").</summary>
    public abstract IReadOnlyList<string> Classes(TrainingOptions options);

    /// <summary>True when the classes are numbers in order and an answer is one of them rounded: neighbours are nearly right, so which is taken for which tells nothing.</summary>
    public virtual bool IsRegression => false;

    /// <summary>Size of the picture the model reads and of its patches under these options; where pictures may have any size, of a usual one.</summary>
    public abstract InputGeometry Geometry(TrainingOptions options);

    /// <summary>The canvas people draw on for this task; null where pictures are not drawn.</summary>
    public virtual CanvasGuide? Canvas(TrainingOptions options) => CanvasGuide.Single;

    /// <summary>Channels, height and width of the source images (an <see cref="ImageSet"/>'s) that samples are made of; the model's picture when a sample is one image.</summary>
    public virtual ImageShape SourceImages(TrainingOptions options)
    {
        var picture = Geometry(options);
        return new ImageShape(picture.Channels, picture.Height, picture.Width);
    }

    /// <summary>True when samples are made of single digits, as corrections are.</summary>
    public bool LearnsCorrections(TrainingOptions options) => Canvas(options) is not null && SourceImages(options) == new ImageShape(1, MnistNormalizer.Size, MnistNormalizer.Size);

    /// <summary>Training samples of an epoch over this many source images.</summary>
    public virtual int SamplesPerEpoch(int images, TrainingOptions options) => options.SamplesPerEpoch == 0 ? images : Math.Min(options.SamplesPerEpoch, images);

    /// <summary>
    /// Sample <paramref name="index"/> of a split as evaluation sees it, without augmentation. A split has as many samples as it has source
    /// images; which images a sample is made of depends on the split and the index alone.
    /// </summary>
    public abstract Sample Sample(ImageSet images, int index, TrainingOptions options);

    /// <summary>
    /// The same as it is watched while a run learns. Small where a sample may have any size: the attention of a watched sample goes to the page whole, and grows
    /// with the square of its patches.
    /// </summary>
    public virtual Sample Probe(ImageSet images, int index, TrainingOptions options) => Sample(images, index, options);

    /// <summary>A fresh model with everything that knows the task. Seeds initialisation with <see cref="TrainingOptions.Seed"/>. The caller disposes it.</summary>
    public abstract Learner CreateLearner(TrainingOptions options);

    /// <summary>Parameters and FLOPs of the model under these options.</summary>
    public abstract ModelCost Cost(TrainingOptions options);

    /// <summary>The card's metrics, by key, that whole answers can tell: all of them or the first ones.</summary>
    public abstract IReadOnlyDictionary<string, double> Measure(AnswerCount answers);

    /// <summary>What the model sees of a drawing: rasterised and normalised, or null when nothing is drawn.</summary>
    /// <param name="center">MNIST's normalisation (20 px box, centre of mass); off keeps the drawing where it is.</param>
    /// <exception cref="DrawingFormatException">When these pictures are not drawn, or not on such a canvas.</exception>
    public abstract PlanarImage? Prepare(Drawing drawing, TrainingOptions options, bool center = true);

    /// <summary>The same for a picture of any size (dark ink on light paper is inverted), or null when it is empty.</summary>
    public abstract PlanarImage? Prepare(PlanarImage picture, TrainingOptions options, bool center = true);
}

/// <param name="Phase">Heading of the card: "Phase 1".</param>
/// <param name="Goal">One sentence: what the model learns.</param>
/// <param name="Metrics">What <see cref="Evaluation.Metrics"/> holds, the primary one first: "best" means its largest value.</param>
public sealed record ExperimentCard(string Title, string Phase, string Goal, IReadOnlyList<Metric> Metrics)
{
    public Metric PrimaryMetric => Metrics[0];
}

/// <summary>A share in 0…1 of samples or parts of samples: of those read right, unless <see cref="LowerIsBetter"/>.</summary>
/// <param name="Key">In <see cref="Evaluation.Metrics"/>, run records and <c>eval --json</c>: "accuracy".</param>
/// <param name="Title">On charts and tables: "Accuracy".</param>
/// <param name="Meaning">One sentence for the tooltip.</param>
public sealed record Metric(string Key, string Title, string Meaning)
{
    /// <summary>A share of what went wrong. Never the primary metric.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>Its value among the metrics of a run ("accuracy") or of a checkpoint ("test.accuracy", otherwise "validation.accuracy"); null when it was not measured.</summary>
    public double? In(IReadOnlyDictionary<string, double>? metrics)
    {
        string[] names = [Key, $"test.{Key}", $"validation.{Key}"];
        return names.Where(name => metrics?.ContainsKey(name) ?? false).Select(name => (double?)metrics![name]).FirstOrDefault();
    }
}

/// <param name="Expectation">What a run of this preset reaches, e.g. "99.3 % of MNIST's test digits in 20 epochs".</param>
/// <param name="Expected">The same as a value of the primary metric, drawn as a reference line; null when no run of it was ever made to its end.</param>
public sealed record ExperimentPreset(string Id, string Title, string Summary, string Expectation, double? Expected, TrainingOptions Options)
{
    /// <summary>What the work that this task follows reports, shown beside ours in the results table.</summary>
    public IReadOnlyList<PublishedFigure> Published { get; init; } = [];

    /// <summary>The shipped checkpoint that its row of the results table starts from; null starts from scratch.</summary>
    public string? StartsFrom { get; init; }

    /// <summary>Epochs of its row of the results table, where all of its own would take hours; 0 leaves the row out unless it is asked for. Null trains its own.</summary>
    public int? ResultsEpochs { get; init; }

    /// <summary>Figures of the source that differ from what the model costs; null when there are none.</summary>
    public PublishedCost? PublishedCost { get; init; }
}

/// <param name="Metric">Key of one of the card's metrics, or "loss".</param>
/// <param name="Value">In the metric's own unit: a share in 0…1.</param>
/// <param name="Source">Where the figure is from, for people.</param>
public sealed record PublishedFigure(string Metric, double Value, string Source);

/// <summary>Sizes in pixels. The patch grid is (Height / Patch) × (Width / Patch).</summary>
public sealed record InputGeometry(int Channels, int Height, int Width, int Patch)
{
    public int GridHeight => Height / Patch;

    public int GridWidth => Width / Patch;

    /// <summary>The same patches over this picture: what a task whose pictures may have any size sees of one that it prepared.</summary>
    public InputGeometry Of(PlanarImage prepared) => this with { Height = prepared.Height, Width = prepared.Width };
}

public sealed record ImageShape(int Channels, int Height, int Width);

/// <summary>
/// Rows × Columns cells for one digit each, <see cref="CellUnits"/> drawing units wide and high; or free paper without cells, of any size
/// within <see cref="Limits"/>.
/// </summary>
public sealed record CanvasGuide(int Rows, int Columns)
{
    public const int CellUnits = 280;

    public static CanvasGuide Single { get; } = new(1, 1);

    /// <summary>Digits anywhere, on paper of 560 to 1680 units a side, <see cref="SceneNormalizer.UnitsPerPixel"/> for a pixel of the model's picture.</summary>
    public static CanvasGuide Free { get; } = new(0, 0)
    {
        Limits = new CanvasLimits(SceneNormalizer.ShortestSide * SceneNormalizer.UnitsPerPixel, SceneNormalizer.LongestSide * SceneNormalizer.UnitsPerPixel, 4 * CellUnits),
    };

    /// <summary>Of free paper; null where there are cells.</summary>
    public CanvasLimits? Limits { get; init; }

    /// <summary>In drawing units; free paper's usual width.</summary>
    public int Width => Limits?.Usual ?? Columns * CellUnits;

    /// <inheritdoc cref="Width"/>
    public int Height => Limits?.Usual ?? Rows * CellUnits;

    /// <summary>True for drawings made on such a canvas.</summary>
    public bool Fits(Drawing drawing) => Limits is { } limits
        ? limits.Allow(drawing.Width) && limits.Allow(drawing.Height)
        : (drawing.Width, drawing.Height) == (Width, Height);
}

/// <summary>How long each side of free paper may be, in drawing units.</summary>
/// <param name="Usual">Length that a page starts with.</param>
public sealed record CanvasLimits(int Shortest, int Longest, int Usual)
{
    public bool Allow(int side) => side >= Shortest && side <= Longest;
}

/// <param name="Picture">As the model sees it, before pixel normalisation.</param>
/// <param name="Labels">What a right <see cref="Reading.Labels"/> is.</param>
public sealed record Sample(PlanarImage Picture, IReadOnlyList<int> Labels);
