using VitLab.Models;

namespace VitLab.Insight;

/// <summary>
/// Counts parameters and matrix-multiply FLOPs from shapes alone. Norms, GELU, softmax and additions are left out, as is usual: they are
/// a few per cent and no GEMM.
/// </summary>
public static class CostCounter
{
    /// <summary>A Vision Transformer with CLS token and learned positions, its head reading the CLS token.</summary>
    /// <param name="classes">Outputs of the head; 0 for the backbone alone.</param>
    public static ModelCost Count(VitConfig config, int classes)
    {
        long n = config.Tokens, d = config.Dim, m = config.MlpDim;
        var patchInputs = (long)config.Channels * config.Patch * config.Patch;

        var blockParameters = (2 * 2 * d) + Linear(d, 3 * d) + Linear(d, d) + Linear(d, m) + Linear(m, d);
        var parameters = d + (n * d) + Linear(patchInputs, d) + (config.Depth * blockParameters) + (2 * d) + (classes == 0 ? 0 : Linear(d, classes));

        var projections = n * ((3 * d * d) + (d * d) + (2 * d * m));
        var attention = 2 * n * n * d;   // scores and weighted values, all heads together
        var macs = (config.Patches * patchInputs * d) + (config.Depth * (projections + attention)) + (d * classes);
        return new ModelCost(parameters, 2 * macs);
    }

    private static long Linear(long inputs, long outputs) => (inputs * outputs) + outputs;
}
