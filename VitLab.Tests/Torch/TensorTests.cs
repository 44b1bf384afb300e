using VitLab.Torch;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

public sealed class TensorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Factories_AllForms_FillTheirShapes()
    {
        Assert.Equal([2, 3], zeros(2, 3).shape);
        Assert.Equal([2L, 3, 4, 5], ones([2, 3, 4, 5]).shape);
        Assert.Equal([0f, 0.5f, 1], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal([1L, 3, 5], arange(1, 7, 2).data<long>().ToArray());
        Assert.Equal([0f, 0.5f], arange(0, 1, 0.5).data<float>().ToArray());
        Assert.Equal([1f, 0, 0, 1], eye(2).data<float>().ToArray());
        Assert.Equal(ScalarType.Int64, full([2], 3).dtype);
        Assert.Equal([1f, 2, 3, 4], tensor(new[,] { { 1f, 2 }, { 3, 4 } }).data<float>().ToArray());
        Assert.Equal([2, 2, 1], tensor(new List<float> { 1, 2, 3, 4 }, 2, 2, 1).shape);
        Assert.Equal([], tensor(3f).shape);
        Assert.Equal(ScalarType.Float32, tensor([1L, 2], dtype: ScalarType.Float32).dtype);
        Assert.Equal([0L, 1, 2, 3, 4], randperm(5).data<long>().ToArray().Order());
        Assert.Throws<ArgumentException>(() => tensor([1f, 2, 3], [2L, 2]));
        Assert.Throws<ArgumentException>(() => zeros(-1));
    }

    [Fact]
    public void To_EveryType_Converts()
    {
        var x = tensor([-1.5f, 0, 2.7f]);

        Assert.Equal([-1L, 0, 2], x.to(ScalarType.Int64).data<long>().ToArray());
        Assert.Equal([true, false, true], x.@bool().data<bool>().ToArray());
        Assert.Equal([-1, 0, 2], x.@int().data<int>().ToArray());
        Assert.Equal([0f, 1], tensor([false, true]).@float().data<float>().ToArray());
        Assert.Equal([255f], tensor([(byte)255]).@float().data<float>().ToArray());
        Assert.Equal(2.5, tensor(2.5).to(ScalarType.Float32).to(ScalarType.Float64).item<double>());
    }

    [Fact]
    public void Data_WrongType_NamesBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => ones(2).data<long>());
        Assert.Contains("Float32", error.Message, StringComparison.Ordinal);

        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Equal(1, ones(1).ToInt64());
        Assert.Equal(3, tensor(3L).ToSingle());
    }

    [Fact]
    public void Data_ThroughAView_ReadsAndWritesInPlace()
    {
        var x = arange(6).to(ScalarType.Float32).view(2, 3);
        var t = x.T;

        Assert.Equal([0f, 3, 1, 4, 2, 5], t.data<float>().ToArray());
        Assert.Equal(5, t.data<float>()[2, -1]);
        t.data<float>()[0, 1] = 9;
        x[1, 2] = tensor(7f);
        Assert.Equal([0f, 1, 2, 9, 4, 7], x.data<float>().ToArray());
        var buffer = new float[6];
        t.data<float>().CopyTo(buffer);
        Assert.Equal(7, buffer[5]);
        x.data<float>().CopyFrom([1, 2, 3, 4, 5, 6]);
        Assert.Equal(4, t.data<float>()[0, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => t.data<float>()[3, 0]);
    }

    [Fact]
    public void View_NotContiguous_NamesShapeAndStride()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ones(2, 3).T.view(6));

        Assert.Contains("[3, 2]", error.Message, StringComparison.Ordinal);
        Assert.Equal([6], ones(2, 3).T.reshape(6).shape);
        Assert.Throws<InvalidOperationException>(() => ones(2, 3).view(4));
        Assert.Throws<ArgumentException>(() => ones(2, 3).view(-1, -1));
    }

    [Fact]
    public void View_OfPartlyContiguousMemory_CopiesNothing()
    {
        var x = arange(24).view(2, 3, 4).narrow(0, 0, 1).transpose(0, 1);      // (3, 1, 4)

        var y = x.view(3, 2, 2);

        Assert.Equal([8L, 9, 10, 11], y[2].data<long>().ToArray());
        Assert.Equal([3, 4], arange(24).view(2, 12).narrow(1, 0, 4).expand(2, 4).reshape(2, 4).view(2, 2, 2).select(0, 0).reshape(-1).narrow(0, 0, 1).expand(3, 1).expand(3, 4).shape);
    }

    [Fact]
    public void Broadcast_ShapesDoNotFit_NamesBoth()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ones(2, 3) + ones(4));

        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[4]", error.Message, StringComparison.Ordinal);
        Assert.Contains("must match", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matmul_ShapesDoNotFit_NamesBoth()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ones(2, 3).matmul(ones(4, 5)));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied ([2, 3] and [4, 5])", error.Message);

        var linear = Assert.Throws<InvalidOperationException>(() => Linear(4, 2).call(ones(1, 3)));
        Assert.Contains("[1, 3]", linear.Message, StringComparison.Ordinal);
        Assert.Contains("[2, 4]", linear.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operands_OfTheWrongType_NameIt()
    {
        Assert.Contains("Int64", Assert.Throws<InvalidOperationException>(() => functional.gelu(tensor([1L]))).Message, StringComparison.Ordinal);
        Assert.Contains("Float32", Assert.Throws<InvalidOperationException>(() => functional.one_hot(ones(2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => functional.cross_entropy(ones(1, 3), tensor([3L])));
        Assert.Throws<ArgumentException>(() => functional.cross_entropy(ones(2, 3), tensor([1L])));
        Assert.Throws<NotSupportedException>(() => device("cuda"));
    }

    [Fact]
    public void WholeNumbers_Arithmetic_StaysWhole()
    {
        var x = tensor([5L, -3]);

        Assert.Equal([7L, -1], (x + 2).data<long>().ToArray());
        Assert.Equal([25L, 9], (x * x).data<long>().ToArray());
        Assert.Equal([2.5f, -1.5f], (x / 2).data<float>().ToArray());
        Assert.Equal([5.5f, -2.5f], (x + 0.5).data<float>().ToArray());
        Assert.Equal(2, x.sum().item<long>());
        Assert.Equal([5L, 0], x.clamp(0, 9).data<long>().ToArray());
        Assert.Equal(2, tensor([true, false, true]).sum().item<long>());
    }

    [Fact]
    public void Comparisons_Operators_GiveBool()
    {
        var x = tensor([1f, 2, 3]);

        Assert.Equal([false, true, false], (x == 2).data<bool>().ToArray());
        Assert.Equal([true, false, true], (x != 2).data<bool>().ToArray());
        Assert.Equal([false, false, true], (x > tensor([1f, 2, 1])).data<bool>().ToArray());
        Assert.Equal([true, true, false], (x <= 2).data<bool>().ToArray());
        Assert.Equal([false, true, false], ((x > 1) & (x < 3)).data<bool>().ToArray());
        Assert.Equal([true, false, true], (~(x == 2)).data<bool>().ToArray());
        Assert.Equal(1, (x.argmax() == tensor(2L)).sum().ToInt64());
        Assert.True((x > 2).any().item<bool>());
        Assert.False((x > 2).all().item<bool>());
        Assert.True(x.allclose(x + 1e-7));
    }

    [Fact]
    public void InPlace_UnderNoGrad_ChangesTheMemory()
    {
        using var _ = no_grad();
        var x = tensor([1f, 2, 3, 4]).view(2, 2);
        var column = x.select(1, 0);

        column.mul_(10);
        x.add_(tensor([1f, 0]), 0.5);
        x.sub_(1).div_(2).clamp_(0, 10);
        x[1].copy_(tensor([8L, 9]));
        x.addcmul_(ones(2, 2), ones(2, 2), 1).masked_fill_(tensor([true, false]), -1).lerp_(zeros(2, 2), tensor(0.5f));

        Assert.Equal([-0.5f, 0.75f, -0.5f, 5], x.data<float>().ToArray());
        Assert.Throws<InvalidOperationException>(() => ones(1).expand(3).add_(1));
    }

    [Fact]
    public void Ema_OfParameters_FollowsThem()
    {
        using var _ = no_grad();
        var (average, weight) = (zeros(3), full([3], 2f));

        for (var i = 0; i < 10; i++)
            average.mul_(0.9).add_(weight, 0.1);

        Assert.Equal(2 * (1 - Math.Pow(0.9, 10)), average.data<float>()[0], 1e-5);
    }

    [Fact]
    public void Nonzero_AndMasks_ListPositions()
    {
        Assert.Equal([0L, 1, 1, 0], tensor(new[,] { { 0f, 5 }, { 2, 0 } }).nonzero().data<long>().ToArray());
        Assert.Equal([0L, 0, 1, 0, 1, 0], functional.one_hot(tensor([2L, 1]), 3).data<long>().ToArray());
    }
}
