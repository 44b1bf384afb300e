using System.Numerics.Tensors;

namespace VitLab.Kernels;

/// <summary>The plain arithmetic of residual streams and gradient accumulation: <see cref="TensorPrimitives"/>, spread over the workers when it is worth it.</summary>
public static class ElementwiseKernel
{
    /// <summary>z = x + y. z may be x or y.</summary>
    public static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z) => TensorPrimitives.Add(x, y, z);

    /// <summary>y += x.</summary>
    public static void Accumulate(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Add(x, y, y);

    /// <summary>z = x · y, or z += x · y.</summary>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z, bool accumulate)
    {
        if (accumulate) TensorPrimitives.MultiplyAdd(x, y, z, z);
        else TensorPrimitives.Multiply(x, y, z);
    }

    /// <summary>y = factor · x, or y += factor · x.</summary>
    public static void Scale(ReadOnlySpan<float> x, float factor, Span<float> y, bool accumulate)
    {
        if (accumulate) TensorPrimitives.MultiplyAdd(x, factor, y, y);
        else TensorPrimitives.Multiply(x, factor, y);
    }
}
