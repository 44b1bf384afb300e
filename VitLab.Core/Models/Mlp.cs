namespace VitLab.Models;

/// <summary>linear → GELU → linear on each token, with dropout behind both.</summary>
public sealed class Mlp : Module<Tensor, Tensor>
{
    private readonly Linear fc1;
    private readonly GELU act;
    private readonly Linear fc2;
    private readonly Dropout drop;

    public Mlp(VitConfig config)
        : base(nameof(Mlp))
    {
        fc1 = Linear(config.Dim, config.MlpDim);
        act = GELU();
        fc2 = Linear(config.MlpDim, config.Dim);
        drop = Dropout(config.Dropout);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => drop.call(fc2.call(drop.call(act.call(fc1.call(input)))));
}
