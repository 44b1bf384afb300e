using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>Reductions for gradient norms.</summary>
public static unsafe class NormKernel
{
    private const int Block = 64; // registers added in single precision before their sum goes into the double: six digits even at one lane

    /// <summary>Σ x², in double precision but for short blocks.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> x)
    {
        var sum = 0.0;
        fixed (float* px = x)
        {
            var job = new Job { X = px, Count = x.Length, Sum = &sum };
            Workers.Run(1, ref job);
        }
        return sum;
    }

    private struct Job : IParts
    {
        public float* X;
        public double* Sum;
        public int Count;

        [MethodImpl(Hot.Loop)]
        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            nint i = 0;
            var sum = 0.0;
            while (i <= Count - T.Width)
            {
                T a = T.Create(0), b = T.Create(0);
                var end = Math.Min(Count - T.Width + 1, i + Block * T.Width);
                for (; i <= end - 2 * T.Width; i += 2 * T.Width)
                {
                    T x = T.Load(X + i), y = T.Load(X + i + T.Width);
                    a = T.MultiplyAdd(x, x, a);
                    b = T.MultiplyAdd(y, y, b);
                }
                for (; i < end; i += T.Width) a = T.MultiplyAdd(T.Load(X + i), T.Load(X + i), a);
                sum += (a + b).Sum();
            }
            for (; i < Count; i++) sum += (double)X[i] * X[i];
            *Sum = sum;
        }
    }
}
