using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>A <see cref="DigitCnn"/> that tells ten digits apart.</summary>
public sealed class ConvolutionalDigitLearner : DigitClassifierLearner
{
    private readonly DigitCnn _network;

    public ConvolutionalDigitLearner(ConvolutionalDigit experiment, ConvolutionalDigitOptions options)
        : base(experiment, options)
    {
        torch.manual_seed(options.Seed);
        _network = new DigitCnn(options.ToEncoder(), experiment.Classes(options).Count);
    }

    protected override Module<Tensor, Tensor> Classifier => _network;
}
