using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What every task that reads digits by a small convolutional network can set: its shape and how source digits are varied in training.</summary>
public abstract record ConvolutionOptions : DigitOptions
{
    [Option("Channels", "Filters of the first convolution; the second has twice as many.", Group = "Model", Minimum = 1, Maximum = 128)]
    public int Channels { get; init; } = 16;

    [Option("Embedding", "Numbers that a digit becomes.", Group = "Model", Minimum = 4, Maximum = 512)]
    public int Embedding { get; init; } = 128;

    internal DigitEncoderConfig ToEncoder() => new(SingleDigitOptions.Side, Channels, Embedding);
}
