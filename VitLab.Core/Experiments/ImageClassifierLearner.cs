using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>A <see cref="VisionTransformer"/> that tells the class of a picture: cross entropy, of blends when there is mix-up.</summary>
public sealed class ImageClassifierLearner : ClassifierLearner
{
    private readonly ImageClassifierOptions _options;
    private readonly PictureData _data;
    private readonly VisionTransformer _network;
    private readonly CropAndFlip _variants;
    private readonly MixUp? _mixUp;

    /// <summary>A target is the class; with mix-up the class, the other one and the first one's share.</summary>
    public ImageClassifierLearner(ImageClassifier experiment, ImageClassifierOptions options)
        : base(experiment, options, targetsPerSample: options.MixUp > 0 ? 3 : 1)
    {
        (_options, _data) = (options, PictureData.Of(options.Data));
        torch.manual_seed(options.Seed);
        _network = new VisionTransformer(options.ToConfig(), _data.Classes.Count);
        _variants = new CropAndFlip(_data.Shape.Channels, _data.Shape.Height, _data.Shape.Width, options.CropPixels, options.Flip);
        _mixUp = options.MixUp > 0 ? new MixUp(options.MixUp) : null;
    }

    protected override Module<Tensor, Tensor> Classifier => _network;

    public override Tensor Loss(HostBatch batch)
    {
        var (logits, targets) = (_network.call(Inputs(batch)), Targets(batch));                // (B, classes), (B, 1 or 3)
        if (_mixUp is null)
        {
            return functional.cross_entropy(logits, targets.flatten(), label_smoothing: _options.LabelSmoothing);
        }

        var share = targets.select(1, 2).to(ScalarType.Float32) / MixUp.One;                    // (B)
        return ((share * Each(targets.select(1, 0))) + ((1 - share) * Each(targets.select(1, 1)))).mean();

        Tensor Each(Tensor classes) => functional.cross_entropy(logits, classes, reduction: nn.Reduction.None, label_smoothing: _options.LabelSmoothing);
    }

    protected override AttentionRecorder Recorder() => new(_network);

    protected override void Normalize(Span<float> pixels) => _data.Normalize(pixels);

    protected override void ComposeSample(ImageSet images, ulong seed, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        _variants.Apply(images.Image(index), pixels, seed);
        targets[0] = images.Label(index);
        if (_mixUp is null)
        {
            return;
        }

        var random = new SeededRandom(SeededRandom.Mix(seed, 0x313));
        var (share, other) = (_mixUp.Share(ref random), random.Below(images.Count));
        Span<float> blended = stackalloc float[pixels.Length];
        _variants.Apply(images.Image(other), blended, random.Next());
        MixUp.Blend(pixels, blended, share);
        (targets[1], targets[2]) = (images.Label(other), share);
    }

    protected override void ComposePlainSample(ImageSet images, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Augmenter.Plain(images.Image(index), pixels);
        targets[0] = images.Label(index);
        if (_mixUp is not null)
        {
            (targets[1], targets[2]) = (targets[0], MixUp.One);
        }
    }
}
