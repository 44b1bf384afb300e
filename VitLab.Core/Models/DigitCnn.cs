namespace VitLab.Models;

/// <summary>Tells digits apart: a <see cref="DigitEncoder"/> and a linear head on its embedding.</summary>
public sealed class DigitCnn : Module<Tensor, Tensor>
{
    private readonly DigitEncoder encoder;
    private readonly ReLU relu;
    private readonly Linear head;

    /// <param name="classes">Outputs of the head.</param>
    public DigitCnn(DigitEncoderConfig config, int classes)
        : base(nameof(DigitCnn))
    {
        encoder = new DigitEncoder(config);
        relu = ReLU();
        head = Linear(config.Embedding, classes);
        RegisterComponents();
    }

    /// <summary>Logits (N, classes) of images (N, 1, side, side).</summary>
    public override Tensor forward(Tensor input) => head.call(relu.call(encoder.call(input)));
}
