using System.Numerics;
using VitLab.Torch.Autograd;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            private Tensor Convert(ScalarType type)
            {
                var x = Contiguous();
                var y = New(Core.Shape, type);
                switch (dtype)
                {
                    case ScalarType.Float32: FromNumbers<float>(x.Core, y.Core); break;
                    case ScalarType.Float64: FromNumbers<double>(x.Core, y.Core); break;
                    case ScalarType.Int64: FromNumbers<long>(x.Core, y.Core); break;
                    case ScalarType.Int32: FromNumbers<int>(x.Core, y.Core); break;
                    default: FromNumbers<byte>(x.Core, y.Core); break;           // a Bool is a byte of 0 or 1
                }
                if (type.IsFloating() && GradNode.IsWanted(x))
                    throw new NotSupportedException($"Gradients flow through Float32 alone in this engine; convert to {type} under no_grad or detach first.");
                return y;
            }

            private static void FromNumbers<TFrom>(TensorCore from, TensorCore to) where TFrom : unmanaged, INumber<TFrom>
            {
                ReadOnlySpan<TFrom> source = from.Span<TFrom>();
                switch (to.Dtype)
                {
                    case ScalarType.Float32: ToNumbers(source, to.Span<float>()); break;
                    case ScalarType.Float64: ToNumbers(source, to.Span<double>()); break;
                    case ScalarType.Int64: ToNumbers(source, to.Span<long>()); break;
                    case ScalarType.Int32: ToNumbers(source, to.Span<int>()); break;
                    case ScalarType.Byte: ToNumbers(source, to.Span<byte>()); break;
                    default:
                        var flags = to.Span<bool>();
                        for (var i = 0; i < source.Length; i++)
                            flags[i] = !TFrom.IsZero(source[i]);
                        break;
                }
            }

            private static void ToNumbers<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to) where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, INumber<TTo>
            {
                for (var i = 0; i < from.Length; i++)
                    to[i] = TTo.CreateTruncating(from[i]);
            }
        }
    }
}
