using VitLab.Insight;
using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>A <see cref="VisionTransformer"/> that tells ten digits apart.</summary>
public sealed class SingleDigitLearner : DigitClassifierLearner
{
    private readonly VisionTransformer _network;

    public SingleDigitLearner(SingleDigit experiment, SingleDigitOptions options)
        : base(experiment, options)
    {
        torch.manual_seed(options.Seed);
        _network = new VisionTransformer(options.ToConfig(), experiment.Classes(options).Count);
    }

    protected override Module<Tensor, Tensor> Classifier => _network;

    protected override AttentionRecorder Recorder() => new(_network);
}
