namespace VitLab.Experiments;

/// <summary>What a run of <see cref="ConvolutionalDigit"/> can set: the network and the augmentation of its digits.</summary>
public sealed record ConvolutionalDigitOptions : ConvolutionOptions;
