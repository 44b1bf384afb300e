using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Layers() =>
    [
        new("linear", [[2, 3, 4], [5, 4], [5]], x => functional.linear(x[0], x[1], x[2]), x => x[0].MatMul(x[1].Transposed()) + x[2]),
        new("linear without bias", [[3, 4], [5, 4]], x => functional.linear(x[0], x[1]), x => x[0].MatMul(x[1].Transposed())),
        new("layer_norm", [[2, 3, 6], [6], [6]], x => functional.layer_norm(x[0], [6], x[1], x[2]), x => Normalized(x[0]) * x[1] + x[2]) { Tolerance = 5e-5 },
        new("layer_norm without weights", [[4, 6]], x => functional.layer_norm(x[0], [6]), x => Normalized(x[0])) { Tolerance = 5e-5 },
        new("layer_norm over two dimensions", [[3, 2, 3], [2, 3], [2, 3]], x => functional.layer_norm(x[0], [2, 3], x[1], x[2]), x => Normalized(x[0].Reshape(3, 6)).Reshape(3, 2, 3) * x[1] + x[2]) { Tolerance = 5e-5 },
        new("attention", [[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 4]], x => functional.scaled_dot_product_attention(x[0], x[1], x[2]), x => Attention(x[0], x[1], x[2])),
        new("attention, causal", [[1, 2, 4, 4], [1, 2, 4, 4], [1, 2, 4, 4]], x => functional.scaled_dot_product_attention(x[0], x[1], x[2], is_casual: true), x => Attention(x[0], x[1], x[2], Causal(4))),
        new("attention, number mask", [[2, 2, 3, 4], [2, 2, 3, 4], [2, 2, 3, 4]], x => functional.scaled_dot_product_attention(x[0], x[1], x[2], tensor([0f, -1, 0.5f, 0, 0, 2, 1, 0, 0], [3L, 3])), x => Attention(x[0], x[1], x[2], new Nd([3, 3], [0, -1, 0.5, 0, 0, 2, 1, 0, 0]))),
        new("attention, hidden keys", [[2, 2, 2, 4], [2, 2, 3, 4], [2, 2, 3, 4]], x => functional.scaled_dot_product_attention(x[0], x[1], x[2], tensor([true, true, false, true, false, true], [2L, 1, 1, 3])), x => Attention(x[0], x[1], x[2], new Nd([2, 1, 1, 3], [0, 0, -1e9, 0, -1e9, 0]))),
        new("attention, learned mask", [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], [2, 3, 3]], x => functional.scaled_dot_product_attention(x[0], x[1], x[2], x[3]), x => Attention(x[0], x[1], x[2], x[3])),
        new("attention of thirds", [[2, 3, 3, 2, 4]], x => Thirds(x[0]), x => AttentionOfThirds(x[0])),
        new("conv2d", [[2, 3, 5, 6], [4, 3, 3, 3], [4]], x => functional.conv2d(x[0], x[1], x[2], padding: [1]), x => Convolution(x[0], x[1], 1, 1, 1) + x[2].Reshape(4, 1, 1)) { Tolerance = 5e-5 },
        new("conv2d of patches", [[2, 1, 4, 6], [5, 1, 2, 2], [5]], x => functional.conv2d(x[0], x[1], x[2], strides: [2, 2]), x => Convolution(x[0], x[1], 2, 0, 1) + x[2].Reshape(5, 1, 1)),
        new("conv2d in groups", [[1, 4, 4, 4], [2, 2, 2, 2]], x => functional.conv2d(x[0], x[1], groups: 2), x => Convolution(x[0], x[1], 1, 0, 2)),
        new("max_pool2d", [[2, 2, 5, 5]], x => functional.max_pool2d(x[0], 2), x => Nd.Of([2, 2, 2, 2], i => Window(i, 2).Max(p => x[0].At(i[0], i[1], p.Row, p.Column)))),
        new("multiply by embedding", [[5, 3], [4, 3]], x => functional.Embed(tensor([1L, 4, 1, 0]), x[0], -1) * x[1], x => Nd.Of([4, 3], i => x[0].At(new[] { 1, 4, 1, 0 }[i[0]], i[1])) * x[1]),
    ];

    private static IEnumerable<OpCase> Losses() =>
    [
        new("cross_entropy", [[3, 5]], x => functional.cross_entropy(x[0], tensor([1L, 4, 0])), x => CrossEntropy(x[0], [1, 4, 0], null, 0).MeanAll()),
        new("cross_entropy, smoothed", [[3, 5]], x => functional.cross_entropy(x[0], tensor([1L, 4, 0]), label_smoothing: 0.1), x => CrossEntropy(x[0], [1, 4, 0], null, 0.1).MeanAll()),
        new("cross_entropy, summed", [[3, 5]], x => functional.cross_entropy(x[0], tensor([1L, 4, 0]), reduction: Reduction.Sum), x => CrossEntropy(x[0], [1, 4, 0], null, 0).SumAll()),
        new("cross_entropy, each", [[3, 5]], x => functional.cross_entropy(x[0], tensor([1L, 4, 0]), reduction: Reduction.None), x => CrossEntropy(x[0], [1, 4, 0], null, 0)),
        new("cross_entropy, one ignored", [[3, 5]], x => functional.cross_entropy(x[0], tensor([1L, -100, 0])), x => CrossEntropy(x[0], [1, -100, 0], null, 0).SumAll() / 2),
        new("cross_entropy, weighted", [[3, 3]], x => functional.cross_entropy(x[0], tensor([1L, 2, 0]), tensor([0.5f, 2, 1])), x => CrossEntropy(x[0], [1, 2, 0], [0.5, 2, 1], 0).SumAll() / 3.5),
        new("cross_entropy of images", [[2, 3, 2]], x => functional.cross_entropy(x[0], tensor([1L, 2, 0, 1], [2L, 2])), x => CrossEntropy(x[0].Permute(0, 2, 1).Reshape(4, 3), [1, 2, 0, 1], null, 0).MeanAll()),
        new("cross_entropy with probabilities", [[2, 3]], x => functional.cross_entropy(x[0], tensor([0.2f, 0.3f, 0.5f, 1, 0, 0], [2L, 3])), x => (x[0].Softmax(1).Map(Math.Log) * new Nd([2, 3], [0.2f, 0.3f, 0.5f, 1, 0, 0])).SumAll() / -2),
        new("mse_loss", [[3, 4], [3, 4]], x => functional.mse_loss(x[0], x[1]), x => ((x[0] - x[1]) * (x[0] - x[1])).MeanAll()),
        new("l1_loss", [[3, 4], [3, 4]], x => functional.l1_loss(x[0], x[1], Reduction.Sum), x => (x[0] - x[1]).Map(Math.Abs).SumAll()),
        new("smooth_l1_loss", [[3, 4], [3, 4]], x => functional.smooth_l1_loss(x[0], x[1]), x => (x[0] - x[1]).Map(d => Math.Abs(d) < 1 ? d * d / 2 : Math.Abs(d) - 0.5).MeanAll()),
        new("binary_cross_entropy_with_logits", [[3, 2]], x => functional.binary_cross_entropy_with_logits(x[0], tensor([0f, 1, 1, 0, 0.3f, 1], [3L, 2])), x => BinaryCrossEntropy(x[0], [0, 1, 1, 0, 0.3f, 1], 1).MeanAll()),
        new("binary_cross_entropy_with_logits, weighted", [[3, 2]], x => functional.binary_cross_entropy_with_logits(x[0], tensor([0f, 1, 1, 0, 0.3f, 1], [3L, 2]), pos_weights: tensor([3f])), x => BinaryCrossEntropy(x[0], [0, 1, 1, 0, 0.3f, 1], 3).MeanAll()),
    ];

    private static Nd Normalized(Nd x)
    {
        var d = x - x.Mean(-1, keep: true);
        return d / ((d * d).Mean(-1, keep: true) + 1e-5).Map(Math.Sqrt);
    }

    private static Nd Attention(Nd q, Nd k, Nd v, Nd? mask = null) =>
        (q.MatMul(k.Transposed()) * (1 / Math.Sqrt(q.Shape[^1])) + (mask ?? 0)).Softmax(-1).MatMul(v);

    private static Nd Causal(int n) => Nd.Of([n, n], i => i[1] <= i[0] ? 0 : -1e9);

    // (B, N, 3, H, D), the fused projection of a block
    private static Tensor Thirds(Tensor x)
    {
        var qkv = x.clone().permute(2, 0, 3, 1, 4);                                   // (3, B, H, N, D)
        return functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]).transpose(1, 2).reshape(x.size(0), x.size(1), -1);
    }

    private static Nd AttentionOfThirds(Nd x)
    {
        Nd Third(int which) => x.Slice(2, which, 1).Permute(2, 0, 3, 1, 4).Reshape(2, 2, 3, 4);
        return Attention(Third(0), Third(1), Third(2)).Permute(0, 2, 1, 3).Reshape(2, 3, 8);
    }

    private static Nd Convolution(Nd x, Nd w, int stride, int padding, int groups)
    {
        var (outPerGroup, inPerGroup) = (w.Shape[0] / groups, w.Shape[1]);
        int Out(int size, int kernel) => (size + 2 * padding - kernel) / stride + 1;
        return Nd.Of([x.Shape[0], w.Shape[0], Out(x.Shape[2], w.Shape[2]), Out(x.Shape[3], w.Shape[3])], i =>
        {
            var sum = 0.0;
            for (var c = 0; c < inPerGroup; c++)
                for (var u = 0; u < w.Shape[2]; u++)
                    for (var v = 0; v < w.Shape[3]; v++)
                    {
                        var (row, column) = (i[2] * stride + u - padding, i[3] * stride + v - padding);
                        if (row >= 0 && row < x.Shape[2] && column >= 0 && column < x.Shape[3])
                            sum += x.At(i[0], i[1] / outPerGroup * inPerGroup + c, row, column) * w.At(i[1], c, u, v);
                    }
            return sum;
        });
    }

    private static IEnumerable<(int Row, int Column)> Window(int[] index, int size) =>
        from u in Enumerable.Range(0, size)
        from v in Enumerable.Range(0, size)
        select (index[2] * size + u, index[3] * size + v);

    private static Nd CrossEntropy(Nd logits, int[] targets, double[]? weight, double smoothing)
    {
        var (logP, classes) = (logits.Softmax(1).Map(Math.Log), logits.Shape[1]);
        double Weight(int c) => weight?[c] ?? 1;
        return Nd.Of([targets.Length], i => targets[i[0]] == -100 ? 0
            : -(1 - smoothing) * Weight(targets[i[0]]) * logP.At(i[0], targets[i[0]]) - smoothing / classes * Enumerable.Range(0, classes).Sum(c => Weight(c) * logP.At(i[0], c)));
    }

    private static Nd BinaryCrossEntropy(Nd x, float[] targets, double positive)
    {
        var t = new Nd(x.Shape, [.. targets.Select(v => (double)v)]);
        var p = x.Map(Sigmoid);
        return (t * p.Map(Math.Log) * positive + ((Nd)1 - t) * p.Map(v => Math.Log(1 - v))) * -1;
    }
}
