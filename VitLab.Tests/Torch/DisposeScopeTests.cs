using VitLab.Torch.Memory;
using static VitLab.Torch.torch;

namespace VitLab.Tests.Torch;

public class DisposeScopeTests
{
    [Fact]
    public void Dispose_WarmScope_ReusesBuffers()
    {
        static void Work()
        {
            using var scope = NewDisposeScope();
            ones(100, 100).add(1).matmul(ones(100, 100)).sum();
        }
        Work();
        var (created, outstanding) = (BufferPool.Current.Created, BufferPool.Current.Outstanding);

        Work();

        Assert.Equal(created, BufferPool.Current.Created);
        Assert.Equal(outstanding, BufferPool.Current.Outstanding);
    }

    [Fact]
    public void Dispose_Tensor_CannotBeUsedAgain()
    {
        Tensor escaped;
        using (NewDisposeScope())
            escaped = ones(2);

        var error = Assert.Throws<InvalidOperationException>(() => escaped + 1);

        Assert.Contains("empty handle", error.Message, StringComparison.Ordinal);
        escaped.Dispose();
    }

    [Fact]
    public void Dispose_TensorTwice_LeavesOthersAlone()
    {
        using var scope = NewDisposeScope();
        var first = ones(2);
        first.Dispose();
        var second = full([2], 5f);
        first.Dispose();

        Assert.Equal(5, second.data<float>()[0]);
    }

    [Fact]
    public void MoveToOuterDisposeScope_InnerEnds_LivesUntilTheOuter()
    {
        Tensor kept;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
                kept = ones(2).MoveToOuterDisposeScope();
            Assert.Equal(1, kept.data<float>()[0]);
            Assert.True(outer.Contains(kept));
        }
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void DetachFromDisposeScope_ScopeEnds_LivesOn()
    {
        Tensor kept;
        using (NewDisposeScope())
            kept = ones(2).DetachFromDisposeScope();

        Assert.Equal(1, kept.data<float>()[0]);
        kept.Dispose();
    }

    [Fact]
    public void WrappedTensorDisposeScope_Expression_KeepsOnlyTheResult()
    {
        using var scope = NewDisposeScope();

        var y = WrappedTensorDisposeScope(() => (ones(3) + 1).sum());

        Assert.Equal(6, y.item<float>());
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void DisposeEverythingBut_One_StaysUsable()
    {
        using var scope = NewDisposeScope();
        var other = ones(2);

        var kept = scope.DisposeEverythingBut(ones(3));

        Assert.True(other.IsInvalid);
        Assert.Equal(3, kept.numel());
    }

    [Fact]
    public void View_BaseDisposed_KeepsTheMemory()
    {
        using var scope = NewDisposeScope();
        var x = arange(6).to(ScalarType.Float32);
        var row = x.view(2, 3)[1];
        x.Dispose();

        Assert.Equal([3f, 4, 5], row.data<float>().ToArray());
    }

    [Fact]
    public void Buffers_HandedOut_AreAligned()
    {
        using var scope = NewDisposeScope();
        for (var n = 1; n < 5000; n = n * 3 + 1)
            Assert.Equal(0, Address(ones(n)) % 64);
    }

    private static unsafe long Address(Tensor x)
    {
        fixed (float* p = x.Core.Floats)
            return (long)p;
    }
}
