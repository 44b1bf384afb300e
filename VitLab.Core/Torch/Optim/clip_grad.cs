using System.Numerics.Tensors;
using VitLab.Kernels;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Helpers for training.</summary>
            public static class utils
            {
                /// <summary>Scales all gradients together so that their norm is at most <paramref name="max_norm"/>.</summary>
                /// <returns>The norm before.</returns>
                public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
                {
                    var list = tensors as Parameter[] ?? [.. tensors];
                    var total = Norm(list, norm_type);
                    var factor = max_norm / (total + 1e-6);
                    if (factor < 1)
                        foreach (var parameter in list)
                            if (parameter.Core.Variable is { Gradient: { } gradient })
                                TensorPrimitives.Multiply(gradient.AsSpan<float>(), (float)factor, gradient.AsSpan<float>());
                    return total;
                }

                private static double Norm(Parameter[] parameters, double p)
                {
                    var total = 0.0;
                    foreach (var parameter in parameters)
                    {
                        if (parameter.Core.Variable is not { Gradient: { } gradient })
                            continue;
                        ReadOnlySpan<float> g = gradient.AsSpan<float>();
                        if (p == 2)
                            total += NormKernel.SumOfSquares(g);
                        else if (double.IsPositiveInfinity(p))
                            total = Math.Max(total, g.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(g)));
                        else
                            foreach (var value in g)
                                total += Math.Pow(Math.Abs(value), p);
                    }
                    return double.IsPositiveInfinity(p) ? total : Math.Pow(total, 1 / p);
                }
            }
        }

        /// <summary>Threads a kernel may use.</summary>
        public static void set_num_threads(int num) => Workers.Count = num > 0 ? num : throw new ArgumentOutOfRangeException(nameof(num), $"set_num_threads expects a positive integer, got {num}");

        public static int get_num_threads() => Workers.Count;
    }
}
