namespace VitLab.Models;

/// <summary>A small convolutional network that makes an embedding of a digit: 3 × 3 convolution, ReLU and 2 × 2 max pooling, twice, then a linear layer.</summary>
public sealed class DigitEncoder : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly MaxPool2d pool;
    private readonly ReLU relu;
    private readonly Linear fc;

    public DigitEncoder(DigitEncoderConfig config)
        : base(nameof(DigitEncoder))
    {
        conv1 = Conv2d(1, config.Channels, kernel_size: 3, padding: 1);
        conv2 = Conv2d(config.Channels, 2 * config.Channels, kernel_size: 3, padding: 1);
        pool = MaxPool2d(kernel_size: 2);
        relu = ReLU();
        fc = Linear(config.Features, config.Embedding);
        RegisterComponents();
    }

    /// <summary>Images (N, 1, side, side) → embeddings (N, E). ReLU keeps the order of numbers, so it may follow the pooling, where it has a quarter of the work.</summary>
    public override Tensor forward(Tensor input)
    {
        var x = relu.call(pool.call(conv1.call(input)));   // (N, channels, side / 2, side / 2)
        x = relu.call(pool.call(conv2.call(x)));           // (N, 2 · channels, side / 4, side / 4)
        return fc.call(x.flatten(1));                      // (N, E)
    }
}
