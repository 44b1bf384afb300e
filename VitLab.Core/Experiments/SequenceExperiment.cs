using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What the tasks on sequences of digits share: strips of cells with a digit each, and one answer for all of them.</summary>
public abstract class SequenceExperiment : Experiment
{
    /// <summary>Key of the share of strips answered right.</summary>
    protected const string Accuracy = "accuracy";

    /// <summary>Where published figures are from.</summary>
    protected const string Source = "transformers over sequences of digit images";

    public override IReadOnlyList<string> Predecessors { get; } = ["digit-cnn"];

    public override Type OptionsType => typeof(SequenceOptions);

    /// <summary>A cell for the anchor comes before those of the sequence.</summary>
    protected abstract bool IsAnchored { get; }

    /// <summary>Cells of a strip.</summary>
    internal int Cells => Composer(AugmentationOptions.None).Cells;

    /// <summary>One row of cells, each of which is a patch.</summary>
    public override InputGeometry Geometry(TrainingOptions options) => new(1, SequenceComposer.Height, Cells * SequenceComposer.Height, SequenceComposer.Height);

    public override CanvasGuide Canvas(TrainingOptions options) => new(1, Cells);

    public override ImageShape SourceImages(TrainingOptions options) => new(1, SequenceComposer.Height, SequenceComposer.Height);

    /// <summary>Strips are drawn by chance, so there are as many as one likes.</summary>
    public override int SamplesPerEpoch(int images, TrainingOptions options) => options.SamplesPerEpoch == 0 ? images : options.SamplesPerEpoch;

    public override Sample Sample(ImageSet images, int index, TrainingOptions options)
    {
        var (picture, labels) = Composer(AugmentationOptions.None).PlainPicture(images, index);
        return new Sample(picture, [Answer(labels)]);
    }

    public override GrayImage? Prepare(Drawing drawing, TrainingOptions options, bool center = true) => GridNormalizer.Normalize(drawing, 1, Cells, center);

    public override GrayImage? Prepare(PlanarImage picture, TrainingOptions options, bool center = true) => GridNormalizer.Normalize(picture.ToGray(), 1, Cells, center);

    public override IReadOnlyDictionary<string, double> Measure(AnswerCount answers) => new Dictionary<string, double> { [Accuracy] = answers.PictureAccuracy };

    /// <summary>The right answer to a strip.</summary>
    /// <param name="labels">One per cell, <see cref="SequenceComposer.Empty"/> where there is no digit.</param>
    public abstract int Answer(ReadOnlySpan<int> labels);

    public sealed override ModelCost Cost(TrainingOptions options)
    {
        var sequence = (SequenceOptions)options;
        return sequence.Model == SequenceOptions.Transformer
            ? CostOfTransformer(sequence.ToConfig(Cells))
            : CostCounter.CountFullyConnected(SequenceComposer.Height, Cells * SequenceComposer.Height, sequence.Hidden);
    }

    /// <summary>Parameters and FLOPs of the model that the baseline is compared with.</summary>
    private protected abstract ModelCost CostOfTransformer(SequenceConfig config);

    /// <summary>The same with digits that are shifted, turned, scaled, slanted and bent.</summary>
    protected static SequenceOptions Varied(SequenceOptions options) => options with
    {
        ShiftPixels = 2,
        RotateDegrees = 10,
        ScaleFraction = 0.1,
        ShearDegrees = 8,
        Elastic = 0.6,
        Thickness = 0.2,
    };

    internal SequenceComposer Composer(AugmentationOptions augmentation) => new(IsAnchored, augmentation);
}
