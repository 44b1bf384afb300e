using System.Globalization;
using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What the tasks that read one digit on a 28 × 28 picture share: classes, samples, pictures and metrics.</summary>
public abstract class DigitExperiment : Experiment
{
    private const string Accuracy = "accuracy";

    private static readonly string[] s_digits = [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];

    protected static IReadOnlyList<Metric> DigitMetrics { get; } = [new Metric(Accuracy, "Accuracy", "Share of digits that are read right.")];

    public override IReadOnlyList<string> Classes(TrainingOptions options) => s_digits;

    public override GrayImage? Prepare(Drawing drawing, TrainingOptions options, bool center = true) => center
        ? MnistNormalizer.Normalize(drawing)
        : NullIfEmpty(StrokeRasterizer.Rasterize(drawing, SingleDigitOptions.Side, SingleDigitOptions.Side));

    public override GrayImage? Prepare(PlanarImage picture, TrainingOptions options, bool center = true)
    {
        var ink = InkExtractor.Extract(picture.ToGray());
        return center ? MnistNormalizer.Normalize(ink) : NullIfEmpty(MnistNormalizer.Fit(ink, SingleDigitOptions.Side, SingleDigitOptions.Side));
    }

    public override Sample Sample(ImageSet images, int index, TrainingOptions options) => new(new GrayImage(images.Width, images.Height, images.Image(index).ToArray()), [images.Label(index)]);

    public override IReadOnlyDictionary<string, double> Measure(AnswerCount answers) => new Dictionary<string, double> { [Accuracy] = answers.PictureAccuracy };

    private static GrayImage? NullIfEmpty(GrayImage image) => image.IsEmpty ? null : image;
}
