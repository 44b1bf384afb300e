using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Shapes() =>
    [
        new("reshape", [[2, 3, 4]], x => x[0].reshape(4, -1) * 2, x => x[0].Reshape(4, 6) * 2),
        new("view", [[2, 12]], x => x[0].contiguous().view(2, 3, 4) * 2, x => x[0].Reshape(2, 3, 4) * 2),
        new("permute", [[2, 3, 4]], x => x[0].permute(2, 0, 1) * 2, x => x[0].Permute(2, 0, 1) * 2),
        new("transpose, then reshape", [[2, 3, 4]], x => x[0].transpose(1, 2).reshape(2, 12) * 2, x => x[0].Permute(0, 2, 1).Reshape(2, 12) * 2),
        new("unsqueeze and squeeze", [[2, 3]], x => x[0].unsqueeze(1).squeeze(1) * 2, x => x[0] * 2),
        new("flatten", [[2, 3, 4, 2]], x => x[0].flatten(1, 2) * 2, x => x[0].Reshape(2, 12, 2) * 2),
        new("unflatten", [[2, 12]], x => x[0].contiguous().unflatten(1, 3, 4) * 2, x => x[0].Reshape(2, 3, 4) * 2),
        new("expand", [[3, 1, 2]], x => x[0].expand(3, 4, -1) * 2, x => Nd.Of([3, 4, 2], i => 2 * x[0].At(i[0], 0, i[2]))),
        new("expand to more dimensions", [[2]], x => x[0].expand(3, 2) * 2, x => Nd.Of([3, 2], i => 2 * x[0].At(i[1]))),
        new("repeat", [[2, 3]], x => x[0].repeat(2, 1, 2), x => Nd.Of([2, 2, 6], i => x[0].At(i[1], i[2] % 3))),
        new("select", [[3, 4]], x => x[0].select(1, 2) * 2, x => Nd.Of([3], i => 2 * x[0].At(i[0], 2))),
        new("narrow", [[3, 5]], x => x[0].narrow(1, 1, 3) * 2, x => x[0].Slice(1, 1, 3) * 2),
        new("slice with steps", [[7, 2]], x => x[0].slice(0, 1, 7, 2) * 2, x => Nd.Of([3, 2], i => 2 * x[0].At(1 + 2 * i[0], i[1]))),
        new("index", [[4, 5, 3]], x => x[0][1.., 2, TensorIndex.Ellipsis] * 2, x => Nd.Of([3, 3], i => 2 * x[0].At(i[0] + 1, 2, i[1]))),
        new("index with a new dimension", [[4, 5]], x => x[0][TensorIndex.Null, TensorIndex.Slice(0, 4, 2)] * 2, x => Nd.Of([1, 2, 5], i => 2 * x[0].At(2 * i[1], i[2]))),
        new("chunk", [[6, 2]], x => x[0].chunk(3)[1] * x[0].chunk(3)[2], x => x[0].Slice(0, 2, 2) * x[0].Slice(0, 4, 2)),
        new("split", [[5, 2]], x => x[0].split([2, 3])[1] * 2, x => x[0].Slice(0, 2, 3) * 2),
        new("unbind", [[3, 4]], x => x[0].unbind(0)[0] * x[0].unbind(0)[2], x => Nd.Of([4], i => x[0].At(0, i[0]) * x[0].At(2, i[0]))),
        new("unfold", [[7]], x => x[0].unfold(0, 3, 2) * 2, x => Nd.Of([3, 3], i => 2 * x[0].At(2 * i[0] + i[1]))),
        new("clone", [[2, 3]], x => x[0].clone() * 2, x => x[0] * 2),
        new("cat", [[2, 3], [1, 3], [2, 3]], x => cat(x), x => Nd.Of([5, 3], i => i[0] < 2 ? x[0].At(i[0], i[1]) : i[0] < 3 ? x[1].At(0, i[1]) : x[2].At(i[0] - 3, i[1]))),
        new("cat of a class token", [[1, 1, 4], [3, 2, 4]], x => cat([x[0].expand(3, -1, -1), x[1]], 1), x => Nd.Of([3, 3, 4], i => i[1] == 0 ? x[0].At(0, 0, i[2]) : x[1].At(i[0], i[1] - 1, i[2]))),
        new("cat along the last", [[2, 3], [2, 2]], x => cat(x, -1), x => Nd.Of([2, 5], i => i[1] < 3 ? x[0].At(i[0], i[1]) : x[1].At(i[0], i[1] - 3))),
        new("stack", [[2, 3], [2, 3]], x => stack(x, 1), x => Nd.Of([2, 2, 3], i => x[i[1]].At(i[0], i[2]))),
        new("patches of an image", [[2, 1, 4, 6]], x => x[0].reshape(2, 1, 2, 2, 3, 2).permute(0, 2, 4, 1, 3, 5).reshape(2, 6, 4), x => x[0].Reshape(2, 1, 2, 2, 3, 2).Permute(0, 2, 4, 1, 3, 5).Reshape(2, 6, 4)),
    ];

    private static IEnumerable<OpCase> Reductions() =>
    [
        new("sum", [[3, 4]], x => x[0].sum(), x => x[0].SumAll()),
        new("sum of many", [[50, 60]], x => x[0].sum(), x => x[0].SumAll()) { HasGradient = false },
        new("sum along a dimension", [[3, 4, 2]], x => x[0].sum(1), x => x[0].Sum(1)),
        new("sum kept", [[3, 4]], x => x[0].sum(-1, keepdim: true), x => x[0].Sum(1, keep: true)),
        new("sum along two", [[3, 4, 2]], x => x[0].sum([0, 2]), x => x[0].Sum(2).Sum(0)),
        new("mean", [[3, 4]], x => x[0].mean(), x => x[0].MeanAll()),
        new("mean over tokens", [[3, 5, 4]], x => x[0].mean([1]), x => x[0].Mean(1)),
        new("var", [[3, 5]], x => x[0].var(1), x => Variance(x[0], 1, 1)),
        new("var biased", [[3, 5]], x => x[0].var(0, unbiased: false, keepdim: true), x => Variance(x[0], 0, 0).Reshape(1, 5)),
        new("std", [[3, 5]], x => x[0].std(1), x => Variance(x[0], 1, 1).Map(Math.Sqrt)),
        new("norm", [[3, 4]], x => x[0].norm(), x => (x[0] * x[0]).SumAll().Map(Math.Sqrt)),
        new("norm along a dimension", [[3, 4]], x => x[0].norm(1), x => (x[0] * x[0]).Sum(1).Map(Math.Sqrt)),
        new("logsumexp", [[3, 4]], x => x[0].logsumexp(1), x => x[0].Map(Math.Exp).Sum(1).Map(Math.Log)),
        new("max", [[3, 4]], x => x[0].max(), x => Nd.Scalar(x[0].Data.Max())),
        new("max along a dimension", [[3, 4, 2]], x => x[0].max(1).values, x => x[0].Reduce(1, v => v.Max())),
        new("min along a dimension", [[3, 4]], x => x[0].min(0, keepdim: true).values, x => x[0].Reduce(0, v => v.Min(), keep: true)),
        new("argmax", [[3, 7]], x => x[0].argmax(1), x => x[0].Reduce(1, v => v.Select((value, i) => (value, i)).MaxBy(p => p.value).i)) { HasGradient = false },
        new("argmin of all", [[3, 7]], x => x[0].argmin(), x => Nd.Scalar(Array.IndexOf(x[0].Data, x[0].Data.Min()))) { HasGradient = false },
        new("sort", [[2, 5]], x => x[0].sort(1, descending: true).Values, x => Nd.Of([2, 5], i => Enumerable.Range(0, 5).Select(j => x[0].At(i[0], j)).OrderDescending().ElementAt(i[1]))),
        new("topk", [[2, 5]], x => x[0].topk(2).values, x => Nd.Of([2, 2], i => Enumerable.Range(0, 5).Select(j => x[0].At(i[0], j)).OrderDescending().ElementAt(i[1]))),
        new("normalize", [[3, 4]], x => functional.normalize(x[0]), x => x[0] / (x[0] * x[0]).Sum(1, keep: true).Map(Math.Sqrt)),
    ];

    private static IEnumerable<OpCase> Picks() =>
    [
        new("index_select", [[4, 3]], x => x[0].index_select(0, tensor([2L, 0, 2])), x => Nd.Of([3, 3], i => x[0].At(new[] { 2, 0, 2 }[i[0]], i[1]))),
        new("index_select along the last", [[3, 4]], x => x[0].index_select(1, tensor([3L, 3])), x => Nd.Of([3, 2], i => x[0].At(i[0], 3))),
        new("index by tensor", [[5, 2]], x => x[0][tensor([1L, 4, 1, 0], [2L, 2])], x => Nd.Of([2, 2, 2], i => x[0].At(new[] { 1, 4, 1, 0 }[2 * i[0] + i[1]], i[2]))),
        new("index by mask", [[4, 2]], x => x[0][tensor([true, false, true, true])], x => Nd.Of([3, 2], i => x[0].At(new[] { 0, 2, 3 }[i[0]], i[1]))),
        new("gather", [[3, 4]], x => x[0].gather(1, tensor([0L, 3, 1, 1, 2, 0], [3L, 2])), x => Nd.Of([3, 2], i => x[0].At(i[0], new[] { 0, 3, 1, 1, 2, 0 }[2 * i[0] + i[1]]))),
        new("gather along the first", [[3, 4]], x => x[0].gather(0, tensor([2L, 0, 1, 1], [1L, 4])), x => Nd.Of([1, 4], i => x[0].At(new[] { 2, 0, 1, 1 }[i[1]], i[1]))),
        new("masked_fill", [[3, 3]], x => x[0].masked_fill(ones([3, 3], ScalarType.Bool).tril(), -5), x => Nd.Of([3, 3], i => i[1] <= i[0] ? -5 : x[0].At(i))),
        new("masked_select", [[2, 3]], x => x[0].masked_select(tensor([true, false, true, false, true, false], [2L, 3])), x => Nd.Of([3], i => x[0].Data[new[] { 0, 2, 4 }[i[0]]])),
        new("where", [[2, 3], [3]], x => where(tensor([true, false, true]), x[0], x[1]), x => Nd.Of([2, 3], i => i[1] == 1 ? x[1].At(i[1]) : x[0].At(i))),
        new("tril", [[2, 3, 4]], x => x[0].tril(1), x => Nd.Of([2, 3, 4], i => i[2] <= i[1] + 1 ? x[0].At(i) : 0)),
        new("triu", [[3, 3]], x => x[0].triu(), x => Nd.Of([3, 3], i => i[1] >= i[0] ? x[0].At(i) : 0)),
    ];

    private static IEnumerable<OpCase> Products() =>
    [
        new("matmul", [[3, 4], [4, 5]], x => x[0].matmul(x[1]), x => x[0].MatMul(x[1])),
        new("matmul with transposes", [[4, 3], [5, 4]], x => x[0].T.matmul(x[1].mT), x => x[0].Transposed().MatMul(x[1].Transposed())),
        new("matmul of a batch with a matrix", [[2, 3, 4], [4, 5]], x => x[0].matmul(x[1]), x => x[0].MatMul(x[1])),
        new("matmul of a matrix with a batch", [[3, 4], [2, 4, 5]], x => x[0].matmul(x[1]), x => x[0].MatMul(x[1])),
        new("matmul of heads", [[2, 2, 3, 4], [2, 2, 4, 3]], x => x[0].matmul(x[1]), x => x[0].MatMul(x[1])),
        new("matmul broadcast", [[2, 1, 3, 4], [3, 4, 2]], x => x[0].matmul(x[1]), x => x[0].MatMul(x[1])),
        new("matmul with its own transpose", [[2, 3, 4]], x => x[0].matmul(x[0].transpose(1, 2)), x => x[0].MatMul(x[0].Transposed())),
        new("matmul of vectors", [[4], [4]], x => x[0].matmul(x[1]), x => (x[0] * x[1]).SumAll()),
        new("matmul of matrix and vector", [[3, 4], [4]], x => x[0].matmul(x[1]), x => (x[0] * x[1]).Sum(1)),
        new("matmul of vector and matrix", [[3], [3, 4]], x => x[0].matmul(x[1]), x => x[0].Reshape(1, 3).MatMul(x[1]).Reshape(4)),
        new("bmm", [[2, 3, 4], [2, 4, 2]], x => bmm(x[0], x[1]), x => x[0].MatMul(x[1])),
        new("mm", [[1, 4], [4, 1]], x => mm(x[0], x[1]), x => x[0].MatMul(x[1])),
    ];

    private static Nd Variance(Nd x, int dim, int correction)
    {
        var d = x - x.Mean(dim, keep: true);
        return (d * d).Sum(dim) / (x.Shape[dim] - correction);
    }
}
