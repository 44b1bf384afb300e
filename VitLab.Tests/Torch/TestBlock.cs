using VitLab.Torch.Modules;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

/// <summary>A pre-norm transformer block, to have the engine's parts in one module.</summary>
public sealed class TestBlock : Module<Tensor, Tensor>
{
    private readonly long _heads;
    private readonly LayerNorm norm1;
    private readonly Linear qkv;
    private readonly Linear proj;
    private readonly LayerNorm norm2;
    private readonly Sequential mlp;

    public TestBlock(long width, long heads)
        : base(nameof(TestBlock))
    {
        _heads = heads;
        norm1 = LayerNorm(width);
        qkv = Linear(width, 3 * width);
        proj = Linear(width, width);
        norm2 = LayerNorm(width);
        mlp = Sequential(Linear(width, 2 * width), GELU(), Dropout(0.1), Linear(2 * width, width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var (B, N, D) = (input.size(0), input.size(1), input.size(2));
        var thirds = qkv.call(norm1.call(input)).view(B, N, 3, _heads, D / _heads).permute(2, 0, 3, 1, 4);
        var mixed = functional.scaled_dot_product_attention(thirds.select(0, 0), thirds.select(0, 1), thirds.select(0, 2), p: training ? 0.1 : 0);
        var x = input + proj.call(mixed.transpose(1, 2).reshape(B, N, D));
        return x + mlp.call(norm2.call(x));
    }
}
