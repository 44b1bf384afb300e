using System.Numerics.Tensors;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>The plain arithmetic of residual streams and gradient accumulation: <see cref="TensorPrimitives"/>, spread over the workers where that pays.</summary>
public static unsafe class ElementwiseKernel
{
    private const int Cost = 4; // memory, not arithmetic

    private enum Operation
    {
        Add,
        Multiply,
        MultiplyAdd,
        Scale,
        ScaleAdd,
        Copy,
    }

    /// <summary>z = x + y. z may be x or y.</summary>
    public static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z) => Run(Operation.Add, x, y, 0, z);

    /// <summary>y += x.</summary>
    public static void Accumulate(ReadOnlySpan<float> x, Span<float> y) => Run(Operation.Add, x, y, 0, y);

    /// <summary>y = x.</summary>
    public static void Copy(ReadOnlySpan<float> x, Span<float> y) => Run(Operation.Copy, x, x, 0, y);

    /// <summary>z = x · y, or z += x · y.</summary>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z, bool accumulate) =>
        Run(accumulate ? Operation.MultiplyAdd : Operation.Multiply, x, y, 0, z);

    /// <summary>y = factor · x, or y += factor · x.</summary>
    public static void Scale(ReadOnlySpan<float> x, float factor, Span<float> y, bool accumulate) =>
        Run(accumulate ? Operation.ScaleAdd : Operation.Scale, x, x, factor, y);

    private static void Run(Operation operation, ReadOnlySpan<float> x, ReadOnlySpan<float> y, float factor, Span<float> z)
    {
        Spans.Need(y.Length, x.Length, nameof(y));
        Spans.Need(z.Length, x.Length, nameof(z));
        fixed (float* px = x, py = y, pz = z)
        {
            var job = new Job { Operation = operation, X = px, Y = py, Z = pz, Factor = factor, Count = x.Length };
            Workers.Run(Workers.PartsFor((long)x.Length * Cost, (x.Length + 63) / 64), ref job);
        }
    }

    private struct Job : IParts
    {
        public Operation Operation;
        public float* X, Y, Z;
        public float Factor;
        public int Count;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var share = Split.Of(Count, part, parts, 64);
            ReadOnlySpan<float> x = new(X + share.First, share.Length), y = new(Y + share.First, share.Length);
            Span<float> z = new(Z + share.First, share.Length);
            switch (Operation)
            {
                case Operation.Add: TensorPrimitives.Add(x, y, z); break;
                case Operation.Multiply: TensorPrimitives.Multiply(x, y, z); break;
                case Operation.MultiplyAdd: TensorPrimitives.MultiplyAdd(x, y, z, z); break;
                case Operation.Scale: TensorPrimitives.Multiply(x, Factor, z); break;
                case Operation.ScaleAdd: TensorPrimitives.MultiplyAdd(x, Factor, z, z); break;
                default: x.CopyTo(z); break;
            }
        }
    }
}
