namespace VitLab.Kernels;

/// <summary>Reductions for gradient norms.</summary>
public static class NormKernel
{
    /// <summary>Σ x², summed in double precision.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> x)
    {
        var sum = 0.0;
        foreach (var v in x) sum += (double)v * v;
        return sum;
    }
}
