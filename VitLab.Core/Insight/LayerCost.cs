using VitLab.Models;

namespace VitLab.Insight;

/// <summary>
/// What layers make of one sample and what they cost, from shapes alone. FLOPs are those of matrix products: norms, GELU, softmax and additions are left out, as is
/// usual; they are a few per cent and no GEMM. Activations are 32-bit floats.
/// </summary>
internal static class LayerCost
{
    /// <summary>What is read, as it lies on the device.</summary>
    public static CostStage Picture(long channels, long height, long width) => Held(new(StageKind.Input, "Picture", "", channels, height, width));

    /// <summary>Something that changes numbers and has no matrix product.</summary>
    /// <param name="results">So many of its size are held: 0 for a view, 2 where dropout makes another.</param>
    /// <param name="parameters">Trainable numbers in it.</param>
    public static CostStage Held(CostStage stage, long results = 1, long parameters = 0) => stage with
    {
        Parameters = parameters,
        ActivationBytes = results * Floats(stage.Shape),
    };

    /// <summary>inputs → the last number of <paramref name="shape"/>, with a bias, for each of its other numbers.</summary>
    public static CostStage Linear(string title, string path, long inputs, double dropout, params IReadOnlyList<long> shape) => Linear(StageKind.Linear, title, path, inputs, shape) with
    {
        ActivationBytes = Results(dropout) * Floats(shape),
    };

    /// <inheritdoc cref="Linear(string, string, long, double, IReadOnlyList{long})"/>
    public static CostStage Linear(StageKind kind, string title, string path, long inputs, IReadOnlyList<long> shape) => new(kind, title, path, shape)
    {
        Parameters = (inputs * shape[^1]) + shape[^1],
        ForwardFlops = 2 * inputs * Count(shape),
        ActivationBytes = Floats(shape),
    };

    /// <summary>A convolution that keeps height and width, with a bias.</summary>
    /// <param name="inputs">Channels read.</param>
    /// <param name="shape">Channels, height and width of the output; before them, how many pictures a sample has, if several.</param>
    public static CostStage Convolution(string title, string path, long inputs, long kernel, IReadOnlyList<long> shape) => new(StageKind.Convolution, title, path, shape)
    {
        Parameters = ((inputs * kernel * kernel) + 1) * shape[^3],
        ForwardFlops = 2 * inputs * kernel * kernel * Count(shape),
        ActivationBytes = Floats(shape),
    };

    /// <summary>The largest of each window; it keeps where that was.</summary>
    public static CostStage Pooling(IReadOnlyList<long> shape) => Held(new(StageKind.Pooling, "Max pooling", "", shape), results: 2);

    /// <summary>Layer norm: two numbers a feature; it keeps mean and deviation of each token.</summary>
    public static CostStage Norm(string title, string path, long n, long d) => new(StageKind.Norm, title, path, n, d)
    {
        Parameters = 2 * d,
        ActivationBytes = Floats([n, d + 2]),
    };

    /// <summary>A branch added to the residual stream (N, D).</summary>
    public static CostStage Residual(long n, long d, bool isDropped) => Held(new(StageKind.Residual, "Added to the stream", "", n, d), isDropped ? 2 : 1);

    /// <summary>Every token looks at every token. A mask (causal, windows) saves nothing: the whole square is computed.</summary>
    /// <param name="attend">Path of the module that attends; empty where there is none.</param>
    public static CostStage SelfAttention(string title, string path, string attend, VitConfig vit, long n) => CostStage.Of(StageKind.Attention, title, path,
    [
        Linear("Query, key, value", $"{path}.qkv", vit.Dim, 0, n, 3 * vit.Dim),
        .. DotProducts(attend, vit, n, n),
        Linear("Projection", $"{path}.proj", vit.Dim, vit.Dropout, n, vit.Dim),
    ]);

    /// <summary>Queries of <paramref name="t"/> tokens look at a memory of <paramref name="n"/>.</summary>
    public static CostStage CrossAttention(string title, string path, VitConfig vit, long t, long n) => CostStage.Of(StageKind.Attention, title, path,
    [
        Linear("Query", $"{path}.q", vit.Dim, 0, t, vit.Dim),
        Linear("Key, value of the memory", $"{path}.kv", vit.Dim, 0, n, 2 * vit.Dim),
        .. DotProducts($"{path}.attend", vit, t, n),
        Linear("Projection", $"{path}.proj", vit.Dim, vit.Dropout, t, vit.Dim),
    ]);

    /// <summary>linear → GELU → linear on each token.</summary>
    public static CostStage Mlp(string path, VitConfig vit, long n) => CostStage.Of(StageKind.Mlp, "MLP", path,
    [
        Linear("Widen", $"{path}.fc1", vit.Dim, 0, n, vit.MlpDim),
        Held(new(StageKind.Function, "GELU", $"{path}.act", n, vit.MlpDim), Results(vit.Dropout)),
        Linear("Narrow", $"{path}.fc2", vit.MlpDim, vit.Dropout, n, vit.Dim),
    ]);

    /// <summary>Results held where dropout may follow: it makes another one.</summary>
    public static int Results(double dropout) => dropout > 0 ? 2 : 1;

    private static IEnumerable<CostStage> DotProducts(string attend, VitConfig vit, long queries, long keys)
    {
        long h = vit.Heads, d = vit.HeadDim;
        var flops = 2 * h * queries * keys * d;
        yield return Held(new(StageKind.Function, "Attention weights", attend.Length == 0 ? "" : $"{attend}.softmax", h, queries, keys)) with { ForwardFlops = flops };
        yield return Held(new(StageKind.Function, "Weighted values", attend, h, queries, d)) with { ForwardFlops = flops };
    }

    private static long Count(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    private static long Floats(IReadOnlyList<long> shape) => sizeof(float) * Count(shape);
}
