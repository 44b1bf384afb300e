using VitLab.Torch.Ops;

namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>What a division does with the fraction: keep it, cut it off, or go down to the next whole number.</summary>
        public enum RoundingMode
        {
            None = 0,
            trunc = 1,
            floor = 2,
        }

        public partial class Tensor
        {
            public Tensor add(Tensor target) => AddOp.Instance.Apply(this, target);

            /// <summary>this + alpha · target.</summary>
            public Tensor add(Tensor target, Scalar alpha) => alpha.Double == 1 ? add(target) : add(target.mul(alpha));

            public Tensor add(Scalar scalar) => IsWhole(scalar) ? add(Constant(scalar)) : Functions.AddScalar.Apply(this, scalar.Double);

            public Tensor sub(Tensor target) => SubtractOp.Instance.Apply(this, target);

            public Tensor sub(Scalar target) => IsWhole(target) ? sub(Constant(target)) : Functions.AddScalar.Apply(this, -target.Double);

            public Tensor subtract(Tensor target) => sub(target);

            public Tensor mul(Tensor target) => MultiplyOp.Instance.Apply(this, target);

            public Tensor mul(Scalar target) => IsWhole(target) ? mul(Constant(target)) : Functions.Scale.Apply(this, target.Double);

            public Tensor multiply(Tensor target) => mul(target);

            /// <summary>True division: whole numbers give Float32, and stay whole when rounded.</summary>
            public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
                Rounded(DivideOp.Instance.Apply(dtype == ScalarType.Float32 ? this : to(ScalarType.Float32), target), rounding_mode);

            public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(tensor(target.Single), rounding_mode);

            public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

            public Tensor pow(Tensor exponent) => PowerOp.Instance.Apply(this, exponent);

            public Tensor pow(Scalar exponent) => IsWhole(exponent) ? pow(Constant(exponent)) : Functions.Power.Apply(this, exponent.Double);

            public Tensor square() => pow(2);

            public Tensor maximum(Tensor other) => ExtremeOp.Maximum.Apply(this, other);

            public Tensor minimum(Tensor other) => ExtremeOp.Minimum.Apply(this, other);

            public Tensor max(Tensor other) => maximum(other);

            public Tensor min(Tensor other) => minimum(other);

            public Tensor neg() => dtype.IsFloating() ? Functions.Negate.Apply(this) : mul(-1);

            public Tensor negative() => neg();

            public Tensor reciprocal() => Functions.DivideScalar.Apply(this, 1);

            public Tensor abs() => dtype.IsFloating() ? Functions.Abs.Apply(this) : maximum(neg());

            public Tensor exp() => Functions.Exp.Apply(this);

            public Tensor log() => Functions.Log.Apply(this);

            public Tensor log1p() => Functions.Log1P.Apply(this);

            public Tensor sqrt() => Functions.Sqrt.Apply(this);

            public Tensor rsqrt() => Functions.ReciprocalSqrt.Apply(this);

            public Tensor tanh() => Functions.Tanh.Apply(this);

            public Tensor sigmoid() => Functions.Sigmoid.Apply(this);

            public Tensor sin() => Functions.Sin.Apply(this);

            public Tensor cos() => Functions.Cos.Apply(this);

            public Tensor floor() => Functions.Floor.Apply(this);

            public Tensor ceil() => Functions.Ceiling.Apply(this);

            public Tensor round(long decimals = 0) => decimals == 0 ? Functions.Round.Apply(this) : Functions.Round.Apply(this * Math.Pow(10, decimals)) / Math.Pow(10, decimals);

            public Tensor sign() => Functions.Sign.Apply(this);

            /// <summary>Limits the elements to min … max; either side may be open.</summary>
            public Tensor clamp(Scalar? min = null, Scalar? max = null)
            {
                if (min is null && max is null)
                    throw new ArgumentException("torch.clamp: At least one of 'min' or 'max' must not be None");
                if (!dtype.IsFloating())
                    return ClampWhole(min, max);
                var low = min is { } a ? Functions.ClampMin.Apply(this, a.Double) : this;
                return max is { } b ? Functions.ClampMax.Apply(low, b.Double) : low;
            }

            public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

            public Tensor clamp_min(Scalar min) => clamp(min);

            public Tensor clamp_max(Scalar max) => clamp(null, max);

            /// <summary>this + weight · (end - this).</summary>
            public Tensor lerp(Tensor end, Tensor weight) => add(end.sub(this).mul(weight));

            public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

            public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

            public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

            public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

            public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

            public static Tensor operator -(Scalar left, Tensor right) => right.neg().add(left);

            public static Tensor operator -(Tensor tensor) => tensor.neg();

            public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

            public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

            public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

            public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

            public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

            public static Tensor operator /(Scalar left, Tensor right) => Functions.DivideScalar.Apply(right, left.Double);

            private Tensor Rounded(Tensor quotient, RoundingMode mode)
            {
                if (mode == RoundingMode.None)
                    return quotient;
                var rounded = mode == RoundingMode.floor ? quotient.floor() : Functions.Truncate.Apply(quotient);
                return dtype.IsFloating() ? rounded : rounded.to(dtype);
            }

            private bool IsWhole(Scalar scalar) => !scalar.IsFloating && !dtype.IsFloating();

            private static Tensor Constant(Scalar value) => tensor(value.Int64);

            private Tensor ClampWhole(Scalar? min, Scalar? max)
            {
                var low = min is { } a ? maximum(Constant(a)) : this;
                return max is { } b ? low.minimum(Constant(b)) : low;
            }
        }
    }
}
