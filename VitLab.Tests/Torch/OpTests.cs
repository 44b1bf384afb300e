using VitLab.Torch.Memory;
using static VitLab.Torch.torch;

namespace VitLab.Tests.Torch;

/// <summary>The checks that every row of <see cref="OpCases"/> passes.</summary>
public class OpTests
{
    private const double Step = 1e-5;

    public static TheoryData<string> Names => [.. OpCases.All.Keys];

    public static TheoryData<string> Differentiable => [.. OpCases.All.Values.Where(op => op.HasGradient).Select(op => op.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_SeededInputs_MatchesReference(string name)
    {
        var op = OpCases.All[name];
        var inputs = op.Inputs();
        using var scope = NewDisposeScope();

        var actual = op.Op([.. inputs.Select(OpCase.ToTensor)]);

        var expected = op.Reference(inputs);
        Assert.Equal(expected.Shape.Select(size => (long)size), actual.shape);
        OpCase.AssertClose(expected.Data, OpCase.Numbers(actual), op.Tolerance, name);
        Assert.False(actual.requires_grad);
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Backward_ContiguousInputs_MatchesFiniteDifferences(string name)
    {
        var op = OpCases.All[name];
        var inputs = op.Inputs();
        using var scope = NewDisposeScope();
        var leaves = inputs.Select(input => OpCase.ToTensor(input).requires_grad_()).ToArray();

        Objective(op.Op(leaves)).backward();

        var expected = FiniteDifferences(op, inputs);
        for (var i = 0; i < leaves.Length; i++)
            OpCase.AssertClose(expected[i], OpCase.Numbers(leaves[i].grad!), 5 * op.Tolerance, $"{name}, gradient of input {i}");
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Backward_StridedInputsUsedTwice_DoublesTheGradient(string name)
    {
        var op = OpCases.All[name];
        var inputs = op.Inputs();
        using var scope = NewDisposeScope();
        var strided = inputs.Select(OpCase.ToStrided).ToArray();
        foreach (var (memory, _) in strided)
            memory.requires_grad_();
        var views = strided.Select((pair, i) => Window(pair.Base, inputs[i])).ToArray();

        var first = op.Op(views);
        var second = op.Op(views);
        Objective(first).add(Objective(second)).backward();

        OpCase.AssertClose(op.Reference(inputs).Data, OpCase.Numbers(first.detach()), op.Tolerance, name);
        var expected = FiniteDifferences(op, inputs);
        for (var i = 0; i < views.Length; i++)
        {
            var gradient = strided[i].Base.grad!;
            OpCase.AssertClose([.. expected[i].Select(g => 2 * g)], OpCase.Numbers(Window(gradient, inputs[i])), 10 * op.Tolerance, $"{name}, gradient of input {i}");
            Assert.Equal(OpCase.Numbers(gradient.abs().sum())[0], OpCase.Numbers(Window(gradient, inputs[i]).abs().sum())[0], 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Backward_InScope_HandsEveryBufferBack(string name)
    {
        var op = OpCases.All[name];
        var inputs = op.Inputs();
        var outstanding = BufferPool.Current.Outstanding;

        using (NewDisposeScope())
            Objective(op.Op([.. inputs.Select(input => OpCase.ToTensor(input).requires_grad_())])).backward();
        Assert.Equal(outstanding, BufferPool.Current.Outstanding);

        using (NewDisposeScope())
            Objective(op.Op([.. inputs.Select(input => OpCase.ToTensor(input).requires_grad_())]));
        Assert.Equal(outstanding, BufferPool.Current.Outstanding);
    }

    private static Tensor Objective(Tensor y) => y.mul(OpCase.ToTensor(OpCase.Weights([.. y.shape.Select(size => (int)size)]))).sum();

    private static Tensor Window(Tensor memory, Nd x)
    {
        if (x.Rank == 0)
            return memory.select(0, 1);
        var reversed = Enumerable.Range(0, x.Rank).Reverse().ToArray();
        var view = memory;
        for (var d = 0; d < x.Rank; d++)
            view = view.narrow(d, 1, x.Shape[reversed[d]]);
        return view.permute([.. reversed.Select(d => (long)d)]);
    }

    private static double[][] FiniteDifferences(OpCase op, Nd[] inputs)
    {
        double Value()
        {
            var y = op.Reference(inputs);
            return (y * OpCase.Weights(y.Shape)).Data.Sum();
        }

        return [.. inputs.Select(input => Enumerable.Range(0, input.Data.Length).Select(i =>
        {
            var x = input.Data[i];
            input.Data[i] = x + Step;
            var above = Value();
            input.Data[i] = x - Step;
            var below = Value();
            input.Data[i] = x;
            return (above - below) / (2 * Step);
        }).ToArray())];
    }
}
