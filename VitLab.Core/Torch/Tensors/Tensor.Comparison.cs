using System.Numerics;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            public Tensor eq(Tensor target) => Compare(target, Comparison.Equal);

            public Tensor ne(Tensor target) => Compare(target, Comparison.NotEqual);

            public Tensor lt(Tensor target) => Compare(target, Comparison.Less);

            public Tensor le(Tensor target) => Compare(target, Comparison.LessOrEqual);

            public Tensor gt(Tensor target) => target.lt(this);

            public Tensor ge(Tensor target) => target.le(this);

            public Tensor eq(Scalar target) => eq(Operand(target));

            public Tensor ne(Scalar target) => ne(Operand(target));

            public Tensor lt(Scalar target) => lt(Operand(target));

            public Tensor le(Scalar target) => le(Operand(target));

            public Tensor gt(Scalar target) => gt(Operand(target));

            public Tensor ge(Scalar target) => ge(Operand(target));

            public Tensor logical_not() => eq(0);

            public Tensor logical_and(Tensor other) => ne(0).mul(other.ne(0)).to(ScalarType.Bool);

            public Tensor logical_or(Tensor other) => ne(0).add(other.ne(0)).to(ScalarType.Bool);

            public Tensor isnan() => ne(this);

            public Tensor isinf() => abs().eq(float.PositiveInfinity);

            public Tensor isfinite() => abs().lt(float.PositiveInfinity);

            /// <summary>Whether all elements differ by at most atol + rtol · |target|.</summary>
            public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
            {
                var shape = Layout.Broadcast(Core.Shape, target.Core.Shape);
                var a = to(ScalarType.Float32).Expand(shape).Contiguous().Core.Floats;
                var b = target.to(ScalarType.Float32).Expand(shape).Contiguous().Core.Floats;
                for (var i = 0; i < a.Length; i++)
                {
                    var isClose = a[i] == b[i] || Math.Abs(a[i] - (double)b[i]) <= atol + rtol * Math.Abs(b[i]) && float.IsFinite(b[i]);
                    if (!isClose && !(equal_nan && float.IsNaN(a[i]) && float.IsNaN(b[i])))
                        return false;
                }
                return true;
            }

            public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

            public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

            public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

            public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

            public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

            public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

            public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

            public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

            public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

            public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

            public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

            public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

            public static Tensor operator &(Tensor left, Tensor right) => left.logical_and(right);

            public static Tensor operator |(Tensor left, Tensor right) => left.logical_or(right);

            public static Tensor operator ~(Tensor left) => left.logical_not();

            private enum Comparison
            {
                Equal,
                NotEqual,
                Less,
                LessOrEqual,
            }

            private static Tensor Operand(Scalar value) => value.IsFloating ? tensor(value.Single) : tensor(value.Int64);

            private Tensor Compare(Tensor target, Comparison comparison)
            {
                var shape = Layout.Broadcast(Core.Shape, target.Core.Shape);
                var result = New(shape, ScalarType.Bool);
                if (ScalarTypes.Promote(dtype, target.dtype).IsFloating())
                    Compare<float>(Wide(this, ScalarType.Float32, shape), Wide(target, ScalarType.Float32, shape), result.Core.Span<bool>(), comparison);
                else
                    Compare<long>(Wide(this, ScalarType.Int64, shape), Wide(target, ScalarType.Int64, shape), result.Core.Span<bool>(), comparison);
                return result;
            }

            private static TensorCore Wide(Tensor x, ScalarType type, in Dims shape)
            {
                using var _ = no_grad();
                return x.to(type).Expand(shape).Contiguous().Core;
            }

            private static void Compare<T>(TensorCore left, TensorCore right, Span<bool> result, Comparison comparison) where T : unmanaged, INumber<T>
            {
                ReadOnlySpan<T> a = left.Span<T>(), b = right.Span<T>();
                for (var i = 0; i < result.Length; i++)
                {
                    result[i] = comparison switch
                    {
                        Comparison.Equal => a[i] == b[i],
                        Comparison.NotEqual => a[i] != b[i],
                        Comparison.Less => a[i] < b[i],
                        _ => a[i] <= b[i],
                    };
                }
            }
        }
    }
}
