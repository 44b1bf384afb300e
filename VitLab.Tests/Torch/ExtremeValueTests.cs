using VitLab.Torch;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

/// <summary>Large, infinite and NaN inputs give what PyTorch gives.</summary>
public sealed class ExtremeValueTests : IDisposable
{
    private const float Inf = float.PositiveInfinity;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Softmax_HugeScores_StaysFinite()
    {
        Assert.Equal([0f, 1, 0], functional.softmax(tensor([-1e30f, 1e30f, 0]), -1).data<float>().ToArray());
        Assert.Equal([0.5f, 0, 0.5f], functional.softmax(tensor([3f, -Inf, 3]), -1).data<float>().ToArray());
        Assert.Equal([-1000f, 0], functional.log_softmax(tensor([0f, 1000]), -1).data<float>().ToArray());
        Assert.All(functional.softmax(tensor([float.NaN, 1]), -1).data<float>().ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Activations_FarOut_ReachTheirLimits()
    {
        var x = tensor([-Inf, -1e4f, -50, 50, 1e4f, Inf]);

        Assert.Equal([0f, 0, 0, 50, 1e4f, Inf], functional.relu(x).data<float>().ToArray());
        Assert.Equal([-1f, -1, -1, 1, 1, 1], x.tanh().data<float>().ToArray());
        OpCase.AssertClose([0, 0, 1, 1], OpCase.Numbers(x.slice(0, 1, 5, 1).sigmoid()), 1e-6, "sigmoid");
        OpCase.AssertClose([0, 0, 50, 1e4], OpCase.Numbers(functional.gelu(x.slice(0, 1, 5, 1))), 1e-6, "gelu");
        Assert.True(float.IsNaN(functional.gelu(tensor([float.NaN])).item<float>()));
        Assert.Equal([0f, Inf], tensor([-1e4f, 1e4f]).exp().data<float>().ToArray());
        Assert.Equal(-Inf, zeros(1).log().item<float>());
    }

    [Fact]
    public void CrossEntropy_HugeLogits_StaysFinite()
    {
        var x = tensor([1e4f, -1e4f, 0, 0], [2L, 2], requires_grad: true);

        var loss = functional.cross_entropy(x, tensor([1L, 0]));
        loss.backward();

        Assert.Equal((2e4 + Math.Log(2)) / 2, loss.ToDouble(), 1e-2);
        OpCase.AssertClose([0.5, -0.5, -0.25, 0.25], OpCase.Numbers(x.grad!), 1e-6, "gradient");
    }

    [Fact]
    public void CrossEntropy_AllIgnored_IsNaNAsInPyTorch() =>
        Assert.True(float.IsNaN(functional.cross_entropy(ones(2, 3), tensor([-100L, -100])).ToSingle()));

    [Fact]
    public void BinaryCrossEntropy_HugeLogits_StaysFinite()
    {
        var x = tensor([1e4f, -1e4f], requires_grad: true);

        var loss = functional.binary_cross_entropy_with_logits(x, tensor([0f, 0]), reduction: Reduction.Sum);
        loss.backward();

        Assert.Equal(1e4f, loss.ToSingle());
        Assert.Equal([1f, 0], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void LayerNorm_ConstantRow_IsZero()
    {
        Assert.All(functional.layer_norm(full([2, 8], 1e6f), [8]).data<float>().ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Max_NaN_Wins()
    {
        Assert.True(float.IsNaN(tensor([1f, float.NaN, 3]).max().item<float>()));
        Assert.Equal(1, tensor([1f, float.NaN, 3]).argmax().item<long>());
        Assert.Equal([true, false], tensor([float.NaN, 1]).isnan().data<bool>().ToArray());
        Assert.Equal([true, false, true, false], tensor([Inf, 1, -Inf, float.NaN]).isinf().data<bool>().ToArray());
    }
}
