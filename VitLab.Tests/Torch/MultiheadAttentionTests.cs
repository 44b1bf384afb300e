using VitLab.Torch;
using VitLab.Torch.Modules;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

public sealed class MultiheadAttentionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    // m = torch.nn.MultiheadAttention(4, 2)
    // for i, (n, p) in enumerate(m.named_parameters()): p.copy_(torch.arange(p.numel()).reshape(p.shape).float().mul(0.37 + i).sin() * 0.5)
    // q = torch.arange(2*2*4).reshape(2,2,4).float().mul(0.7).cos().requires_grad_()
    // k = torch.arange(3*2*4).reshape(3,2,4).float().mul(0.3).sin()
    // y, w = m(q, k, k, key_padding_mask=torch.tensor([[False,False,True],[False,False,False]])); y.sum().backward()
    [Fact]
    public void Call_WithPadding_GivesPyTorchsNumbers()
    {
        using var attention = Sines();
        var (q, k) = Inputs();

        var (y, weights) = attention.call(q, k, k, key_padding_mask: tensor([false, false, true, false, false, false], [2L, 3]));
        y.sum().backward();

        OpCase.AssertClose([-0.259945, 0.177421, -0.099891, 0.03284, -0.06567, -0.061602, 0.18315, -0.293356, -0.250702, 0.168452, -0.091222, 0.024499, -0.042598, -0.093618, 0.224013, -0.342942], OpCase.Numbers(y.detach()), 2e-6, "output");
        OpCase.AssertClose([0.53706, 0.46294, 0.0, 0.599833, 0.400167, 0.0, 0.142303, 0.596416, 0.261281, 0.097108, 0.696337, 0.206555], OpCase.Numbers(weights.detach()), 2e-6, "weights");
        OpCase.AssertClose([0.000155, 0.000312, 0.000427, 0.000484, 0.034886, 0.037351, 0.03476, 0.027465, 0.000151, 0.000304, 0.000416, 0.000472, 0.028571, 0.030733, 0.028736, 0.022849], OpCase.Numbers(q.grad!), 2e-6, "gradient of the query");
        Assert.Equal(0.74801904, attention.get_parameter("in_proj_weight")!.grad!.abs().sum().ToDouble(), 1e-5);
    }

    [Fact]
    public void Call_WithoutWeights_TakesTheFusedPathToTheSameResult()
    {
        using var attention = Sines();
        var (q, k) = Inputs();
        var mask = tensor([false, true, false, false, false, true], [2L, 3]);

        var (fused, _) = attention.call(q, k, k, need_weights: false, attn_mask: mask);
        var (composed, _) = attention.call(q, k, k, attn_mask: mask);

        OpCase.AssertClose(OpCase.Numbers(composed.detach()), OpCase.Numbers(fused.detach()), 1e-6, "output");
    }

    [Fact]
    public void StateDict_Names_ArePyTorchs()
    {
        using var same = MultiheadAttention(4, 2);
        using var different = MultiheadAttention(4, 2, kdim: 3, vdim: 5);

        Assert.Equal(["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"], same.state_dict().Keys);
        Assert.Equal(["q_proj_weight", "k_proj_weight", "v_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"], different.state_dict().Keys);
        Assert.Equal([2, 6, 4], different.call(ones(2, 6, 4), ones(7, 6, 3), ones(7, 6, 5)).Item1.shape);
        Assert.Throws<ArgumentException>(() => MultiheadAttention(5, 2));
    }

    private static MultiheadAttention Sines()
    {
        var attention = MultiheadAttention(4, 2);
        using var _ = no_grad();
        foreach (var (index, (_, parameter)) in attention.named_parameters().Index())
            parameter.copy_((arange(parameter.numel()).@float() * (0.37 + index)).sin().view_as(parameter) * 0.5);
        return attention;
    }

    private static (Tensor Query, Tensor Key) Inputs() =>
        ((arange(16).@float() * 0.7).cos().view(2, 2, 4).requires_grad_(), (arange(24).@float() * 0.3).sin().view(3, 2, 4));
}
