using System.Globalization;
using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What the tasks on grids of digits share: canvas, samples, pictures and metrics.</summary>
public abstract class GridExperiment : Experiment
{
    protected const string SequenceAccuracy = "sequenceAccuracy", DigitAccuracy = "digitAccuracy";

    protected static IReadOnlyList<Metric> GridMetrics { get; } =
    [
        new(SequenceAccuracy, "All digits right", "Share of grids in which every digit is read right."),
        new(DigitAccuracy, "Digits right", "Share of digits that are read right, position by position."),
    ];

    protected static IReadOnlyList<string> Digits { get; } = [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];

    public override CanvasGuide? Canvas(TrainingOptions options)
    {
        var side = ((GridOptions)options).Side;
        return new CanvasGuide(side, side);
    }

    public override ImageShape SourceImages(TrainingOptions options) => new(1, GridComposer.CellSide, GridComposer.CellSide);

    /// <summary>Grids are drawn by chance, so there are as many as one likes.</summary>
    public override int SamplesPerEpoch(int images, TrainingOptions options) => options.SamplesPerEpoch == 0 ? images : options.SamplesPerEpoch;

    public override Sample Sample(ImageSet images, int index, TrainingOptions options)
    {
        var (picture, labels) = ((GridOptions)options).ToComposer().PlainPicture(images, index);
        return new Sample(picture, labels);
    }

    public override GrayImage? Prepare(Drawing drawing, TrainingOptions options, bool center = true)
    {
        var side = ((GridOptions)options).Side;
        return GridNormalizer.Normalize(drawing, side, side, center);
    }

    public override GrayImage? Prepare(PlanarImage picture, TrainingOptions options, bool center = true)
    {
        var side = ((GridOptions)options).Side;
        return GridNormalizer.Normalize(picture.ToGray(), side, side, center);
    }

    public override IReadOnlyDictionary<string, double> Measure(AnswerCount answers) => new Dictionary<string, double>
    {
        [SequenceAccuracy] = answers.PictureAccuracy,
        [DigitAccuracy] = answers.PositionAccuracy,
    };
}
