using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>Does the digit of one picture, the anchor, occur in a sequence of up to ten others: the anchor looks at the sequence by cross-attention and says yes or no.</summary>
public sealed class AnchorInSequence : SequenceExperiment
{
    private static readonly string[] s_classes = ["absent", "present"];

    public override string Id => "anchor-in-sequence";

    public override ExperimentCard Card { get; } = new(
        "Anchor in a sequence",
        "Sequences",
        "Say whether the anchor's digit occurs among up to ten others. The anchor is another picture of it, never the same one.",
        [
            new(Accuracy, "Answers right", "Share of sequences of which it is rightly said whether the anchor's digit occurs."),
            new(AnchorScore.Area, "AUC", "Chance that a sequence with the anchor's digit is held likelier to have it than one without; 0.5 is guessing."),
        ]);

    public override IReadOnlyList<ExperimentPreset> Presets { get; } =
    [
        // Test accuracy 98.94 %, AUC 99.88 % on mnist; 97.36 %, 99.54 % after 5 epochs of 10,000 on mix, which ship (seed 1, from digit-cnn).
        new(SequenceOptions.Transformer, "Transformer", "A small convolutional network embeds each digit, 2 blocks of cross-attention. Start it from One digit by convolution.", "97 % of sequences of MNIST digits in 10 epochs", 0.97, Varied(new SequenceOptions
        {
            Epochs = 10,
            BatchSize = 32,
            LearningRate = 1e-3,
            WarmUpEpochs = 0.5,
            WeightDecay = 0.02,
            LabelSmoothing = 0,
            EmaDecay = 0.998,
            SamplesPerEpoch = 20_000,
        }))
        {
            StartsFrom = "digit-cnn",
            Published = [new(Accuracy, 0.92, Source)],
        },
        new(SequenceOptions.FullyConnected, "Fully connected", "The baseline: all pixels at once into two hidden layers, with about as many weights.", "51 % of sequences of MNIST digits in 10 epochs, where guessing gives 50", 0.508, Varied(new SequenceOptions
        {
            Model = SequenceOptions.FullyConnected,
            Epochs = 10,
            BatchSize = 64,
            LearningRate = 1e-3,
            WarmUpEpochs = 0.5,
            WeightDecay = 0.02,
            LabelSmoothing = 0,
            EmaDecay = 0.998,
            SamplesPerEpoch = 60_000,
        }))
        {
            Published = [new(Accuracy, 0.77, Source)],
        },
    ];

    public override IReadOnlyList<string> Classes(TrainingOptions options) => s_classes;

    protected override bool IsAnchored => true;

    public override Learner CreateLearner(TrainingOptions options) => new AnchorInSequenceLearner(this, (SequenceOptions)options);

    /// <summary>Null until there are both an anchor and a sequence.</summary>
    public override GrayImage? Prepare(Drawing drawing, TrainingOptions options, bool center = true) => NullUnlessAsked(base.Prepare(drawing, options, center));

    /// <inheritdoc/>
    public override GrayImage? Prepare(PlanarImage picture, TrainingOptions options, bool center = true) => NullUnlessAsked(base.Prepare(picture, options, center));

    public override int Answer(ReadOnlySpan<int> labels) => labels[1..].Contains(labels[0]) ? 1 : 0;

    private protected override ModelCost CostOfTransformer(SequenceConfig config) => CostCounter.CountFinder(config);

    private static GrayImage? NullUnlessAsked(GrayImage? strip)
    {
        var (hasAnchor, hasSequence) = (false, false);
        for (var y = 0; y < strip?.Height; y++)
        {
            var row = strip.Pixels.AsSpan(y * strip.Width, strip.Width);
            hasAnchor |= row[..SequenceComposer.Height].ContainsAnyExcept((byte)0);
            hasSequence |= row[SequenceComposer.Height..].ContainsAnyExcept((byte)0);
        }

        return hasAnchor && hasSequence ? strip : null;
    }
}
