namespace VitLab.Models;

/// <summary>The baseline of the sequence tasks: every pixel of a strip into two hidden layers with ReLU, and one number out.</summary>
public sealed class FullyConnected : Module<Tensor, Tensor>
{
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly Linear fc3;
    private readonly ReLU relu;

    /// <param name="inputs">Pixels of a strip.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    public FullyConnected(int inputs, int hidden)
        : base(nameof(FullyConnected))
    {
        (fc1, fc2, fc3) = (Linear(inputs, hidden), Linear(hidden, hidden), Linear(hidden, 1));
        relu = ReLU();
        RegisterComponents();
    }

    /// <summary>One number for each of the strips (B, 1, height, width): (B).</summary>
    public override Tensor forward(Tensor input) => fc3.call(relu.call(fc2.call(relu.call(fc1.call(input.flatten(1)))))).squeeze(-1);
}
