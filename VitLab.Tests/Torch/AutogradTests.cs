using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

public class AutogradTests
{
    [Fact]
    public void Backward_TwoUses_AddsTheirGradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);

        (x * x + 2 * x).backward();

        Assert.Equal(8, x.grad!.item<float>());
    }

    [Fact]
    public void Backward_CalledForTwoLosses_Accumulates()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);

        (2 * x).backward();
        (5 * x).backward();

        Assert.Equal(7, x.grad!.item<float>());
    }

    [Fact]
    public void Backward_ThroughAFreedGraph_GivesPyTorchsError()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);
        var loss = (x * x).sum();
        loss.backward();

        var error = Assert.Throws<InvalidOperationException>(loss.backward);

        Assert.StartsWith("Trying to backward through the graph a second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_ThroughASharedTrunkThatWasFreed_Throws()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);
        var trunk = x * x;
        (trunk * 2).sum().backward();

        Assert.Throws<InvalidOperationException>(() => (trunk * 3).sum().backward());
    }

    [Fact]
    public void Backward_GraphRetained_RunsTwice()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);
        var loss = (x * x).sum();

        loss.backward(retain_graph: true);
        loss.backward();

        Assert.Equal(12, x.grad!.item<float>());
    }

    [Fact]
    public void Backward_NotAScalar_NamesTheShape()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<InvalidOperationException>(() => (ones(2, 3, requires_grad: true) * 2).backward());

        Assert.Contains("grad can be implicitly created only for scalar outputs", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_GivenGradient_IsWeightedByIt()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2, 3], requires_grad: true);

        (x * x).backward([tensor([1f, 10, 100])]);

        Assert.Equal([2f, 40, 600], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_WithoutAnyLeaf_Throws()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<InvalidOperationException>(() => ones(1).sum().backward());

        Assert.Equal("element 0 of tensors does not require grad and does not have a grad_fn", error.Message);
    }

    [Fact]
    public void Backward_DeepChain_NeedsNoStack()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f], requires_grad: true);
        var y = x;
        for (var i = 0; i < 20_000; i++)
            y += 1;

        y.sum().backward();

        Assert.Equal(1, x.grad!.item<float>());
    }

    [Fact]
    public void Result_HandleDisposedBeforeBackward_StaysInTheGraph()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);
        var square = x * x;
        var loss = square * square;
        square.Dispose();

        loss.backward();

        Assert.Equal(108, x.grad!.item<float>());
    }

    [Fact]
    public void Residual_SharedGradientIsAddedToLater_LeavesTheOtherAlone()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2], requires_grad: true);
        var a = x * 2;
        var b = x * 3;
        a.retain_grad();
        b.retain_grad();
        var sum = a + b;                    // hands one gradient buffer to both

        (sum.sum() + (a * 10).sum()).backward();

        Assert.Equal([11f, 11], a.grad!.data<float>().ToArray());
        Assert.Equal([1f, 1], b.grad!.data<float>().ToArray());
        Assert.Equal([25f, 25], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void NoGrad_Results_RequireNone()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            Assert.False(x.view(1, 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }
        using (inference_mode())
            Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Detach_Result_StopsGradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);

        (x * x.detach()).backward();

        Assert.Equal(3, x.grad!.item<float>());
        Assert.True(x.detach().is_leaf);
        Assert.False((x * 2).is_leaf);
    }

    [Fact]
    public void Grad_OfAResult_IsKeptOnlyWhenAskedFor()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);
        var forgotten = x * 2;
        var kept = forgotten * 2;
        kept.retain_grad();

        (kept * 2).backward();

        Assert.Null(forgotten.grad);
        Assert.Equal(2, kept.grad!.item<float>());
    }

    [Fact]
    public void Grad_SetToNull_IsForgotten()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);
        (x * 2).backward();
        x.grad = null;
        Assert.Null(x.grad);

        x.grad = tensor([5f]);
        (x * 2).backward();

        Assert.Equal(7, x.grad!.item<float>());
    }

    [Fact]
    public void InPlace_OnALeafThatRequiresGrad_Throws()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);

        Assert.Equal("a leaf Variable that requires grad is being used in an in-place operation.", Assert.Throws<InvalidOperationException>(() => x.add_(1)).Message);
        Assert.Throws<InvalidOperationException>(() => x.zero_());
        Assert.Throws<InvalidOperationException>(() => x[0].fill_(2));
        using (no_grad())
            x.add_(1);
        Assert.Equal(2, x.data<float>()[0]);
    }

    [Fact]
    public void InPlace_OnAValueThatBackwardNeeds_IsNoticed()
    {
        using var scope = NewDisposeScope();
        var x = tensor([3f], requires_grad: true);
        var y = (x * x).sum();
        using (no_grad())
            x.add_(1);

        var error = Assert.Throws<InvalidOperationException>(y.backward);

        Assert.Contains("modified by an inplace operation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InPlace_OnAResult_GoesOnThroughTheGraph()
    {
        using var scope = NewDisposeScope();
        var x = tensor([-1f, 2], requires_grad: true);
        var y = x * 3;
        y.mul_(2);
        y.add_(x);
        functional.relu(y, inplace: true);

        y.sum().backward();

        Assert.Equal([0f, 14], y.detach().data<float>().ToArray());
        Assert.Equal([0f, 7], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void RequiresGrad_WholeNumbers_Throws()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("Int64", Assert.Throws<InvalidOperationException>(() => tensor([1L]).requires_grad_()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientOfAView_IsAWindowOntoItsBase()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3, requires_grad: true);

        (x.select(1, 0) * tensor([5f, 7])).sum().backward();

        Assert.Equal([5f, 0, 0, 7, 0, 0], x.grad!.data<float>().ToArray());
    }
}
