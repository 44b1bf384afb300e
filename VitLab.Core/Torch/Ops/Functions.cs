using System.Numerics.Tensors;
using VitLab.Kernels;

namespace VitLab.Torch.Ops
{
    /// <summary>The unary functions and their derivatives. Vector work that TensorPrimitives does fast is left to it.</summary>
    internal static class Functions
    {
        /// <summary>x + a.</summary>
        public static readonly UnaryOp AddScalar = new UnaryFunction("add",
            static (x, y, a) => TensorPrimitives.Add(x, a, y),
            static (x, y, dy, g, a) => dy.CopyTo(g));

        /// <summary>x · a.</summary>
        public static readonly UnaryOp Scale = new UnaryFunction("mul",
            static (x, y, a) => ElementwiseKernel.Scale(x, a, y, accumulate: false),
            static (x, y, dy, g, a) => ElementwiseKernel.Scale(dy, a, g, accumulate: false));

        /// <summary>a / x.</summary>
        public static readonly UnaryOp DivideScalar = new UnaryFunction("reciprocal",
            static (x, y, a) => TensorPrimitives.Divide(a, x, y),
            static (x, y, dy, g, a) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = -dy[i] * y[i] / x[i];
            });

        /// <summary>x^a.</summary>
        public static readonly UnaryOp Power = new UnaryFunction("pow",
            static (x, y, a) =>
            {
                if (a == 2)
                    TensorPrimitives.Multiply(x, x, y);
                else
                    TensorPrimitives.Pow(x, a, y);
            },
            static (x, y, dy, g, a) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = a == 0 ? 0 : dy[i] * a * (a == 2 ? x[i] : MathF.Pow(x[i], a - 1));
            });

        public static readonly UnaryOp Negate = new UnaryFunction("neg",
            static (x, y, _) => TensorPrimitives.Negate(x, y),
            static (x, y, dy, g, _) => TensorPrimitives.Negate(dy, g));

        public static readonly UnaryOp Abs = new UnaryFunction("abs",
            static (x, y, _) => TensorPrimitives.Abs(x, y),
            static (x, y, dy, g, _) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = x[i] == 0 ? 0 : MathF.CopySign(1, x[i]) * dy[i];
            });

        public static readonly UnaryOp Exp = new UnaryFunction("exp",
            static (x, y, _) => TensorPrimitives.Exp(x, y),
            static (x, y, dy, g, _) => TensorPrimitives.Multiply(y, dy, g));

        public static readonly UnaryOp Log = new UnaryFunction("log",
            static (x, y, _) => TensorPrimitives.Log(x, y),
            static (x, y, dy, g, _) => TensorPrimitives.Divide(dy, x, g));

        public static readonly UnaryOp Log1P = new UnaryFunction("log1p",
            static (x, y, _) =>
            {
                for (var i = 0; i < y.Length; i++)
                    y[i] = (float)(MathF.Abs(x[i]) < 1e-4f ? x[i] - 0.5 * x[i] * x[i] : Math.Log(1 + (double)x[i]));
            },
            static (x, y, dy, g, _) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = dy[i] / (1 + x[i]);
            });

        public static readonly UnaryOp Sqrt = new UnaryFunction("sqrt",
            static (x, y, _) => TensorPrimitives.Sqrt(x, y),
            static (x, y, dy, g, _) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = dy[i] / (2 * y[i]);
            });

        public static readonly UnaryOp ReciprocalSqrt = new UnaryFunction("rsqrt",
            static (x, y, _) =>
            {
                for (var i = 0; i < y.Length; i++)
                    y[i] = 1 / MathF.Sqrt(x[i]);
            },
            static (x, y, dy, g, _) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = -0.5f * dy[i] * y[i] / x[i];
            });

        public static readonly UnaryOp Tanh = new UnaryFunction("tanh",
            static (x, y, _) => TensorPrimitives.Tanh(x, y),
            static (x, y, dy, g, _) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = dy[i] * (1 - y[i] * y[i]);
            });

        public static readonly UnaryOp Sigmoid = new UnaryFunction("sigmoid",
            static (x, y, _) => TensorPrimitives.Sigmoid(x, y),
            static (x, y, dy, g, _) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = dy[i] * y[i] * (1 - y[i]);
            });

        public static readonly UnaryOp Sin = new UnaryFunction("sin",
            static (x, y, _) => TensorPrimitives.Sin(x, y),
            static (x, y, dy, g, _) =>
            {
                TensorPrimitives.Cos(x, g);
                TensorPrimitives.Multiply(g, dy, g);
            });

        public static readonly UnaryOp Cos = new UnaryFunction("cos",
            static (x, y, _) => TensorPrimitives.Cos(x, y),
            static (x, y, dy, g, _) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = -MathF.Sin(x[i]) * dy[i];
            });

        public static readonly UnaryOp Silu = new UnaryFunction("silu",
            static (x, y, _) =>
            {
                TensorPrimitives.Sigmoid(x, y);
                TensorPrimitives.Multiply(x, y, y);
            },
            static (x, y, dy, g, _) =>
            {
                for (var i = 0; i < g.Length; i++)
                {
                    var s = 1 / (1 + MathF.Exp(-x[i]));
                    g[i] = dy[i] * (s + y[i] * (1 - s));
                }
            });

        /// <summary>x where it is at least a, else a.</summary>
        public static readonly UnaryOp ClampMin = new UnaryFunction("clamp_min",
            static (x, y, a) => TensorPrimitives.Max(x, a, y),
            static (x, y, dy, g, a) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = x[i] >= a ? dy[i] : 0;
            });

        public static readonly UnaryOp ClampMax = new UnaryFunction("clamp_max",
            static (x, y, a) => TensorPrimitives.Min(x, a, y),
            static (x, y, dy, g, a) =>
            {
                for (var i = 0; i < g.Length; i++)
                    g[i] = x[i] <= a ? dy[i] : 0;
            });

        public static readonly UnaryOp Floor = Stepped("floor", static (x, y, _) => TensorPrimitives.Floor(x, y));

        public static readonly UnaryOp Ceiling = Stepped("ceil", static (x, y, _) => TensorPrimitives.Ceiling(x, y));

        public static readonly UnaryOp Truncate = Stepped("trunc", static (x, y, _) => TensorPrimitives.Truncate(x, y));

        public static readonly UnaryOp Round = Stepped("round", static (x, y, _) => TensorPrimitives.Round(x, MidpointRounding.ToEven, y));

        public static readonly UnaryOp Sign = Stepped("sign", static (x, y, _) =>
        {
            for (var i = 0; i < y.Length; i++)
                y[i] = x[i] > 0 ? 1 : x[i] < 0 ? -1 : x[i];
        });

        // Flat almost everywhere: the gradient is 0.
        private static UnaryFunction Stepped(string name, UnaryFunction.ForwardRow forward) => new(name, forward, static (x, y, dy, g, _) => g.Clear());
    }
}
