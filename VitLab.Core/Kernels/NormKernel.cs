using System.Numerics.Tensors;

namespace VitLab.Kernels;

/// <summary>Reductions for gradient norms.</summary>
public static class NormKernel
{
    private const int Block = 256; // few enough float additions, even one by one, that the double sum of blocks keeps six digits

    /// <summary>Σ x²: blocks in single precision, their sum in double.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> x)
    {
        var sum = 0.0;
        for (; x.Length > Block; x = x[Block..]) sum += TensorPrimitives.SumOfSquares(x[..Block]);
        return sum + TensorPrimitives.SumOfSquares(x);
    }
}
