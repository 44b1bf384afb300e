using System.Numerics.Tensors;
using VitLab.Kernels;
using VitLab.Torch.Autograd;

namespace VitLab.Torch.Ops
{
    /// <summary>z = a + b. Gradients pass through.</summary>
    internal sealed class AddOp : BinaryOp
    {
        public static readonly AddOp Instance = new();

        public override string Name => "add";

        public override void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> z) => ElementwiseKernel.Add(a, b, z);

        public override long Forward(long a, long b) => a + b;

        public override void GradientA(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g) => dz.CopyTo(g);

        public override void GradientB(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g) => dz.CopyTo(g);

        protected override void Backward(GradNode node)
        {
            torch.Tensor.AddToInput(node, 0);
            torch.Tensor.AddToInput(node, 1);
        }
    }

    /// <summary>z = a - b.</summary>
    internal sealed class SubtractOp : BinaryOp
    {
        public static readonly SubtractOp Instance = new();

        public override string Name => "sub";

        public override void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> z) => TensorPrimitives.Subtract(a, b, z);

        public override long Forward(long a, long b) => a - b;

        public override void GradientA(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g) => dz.CopyTo(g);

        public override void GradientB(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g) => TensorPrimitives.Negate(dz, g);
    }

    /// <summary>z = a · b. Backward reads both.</summary>
    internal sealed class MultiplyOp : BinaryOp
    {
        public static readonly MultiplyOp Instance = new();

        public override string Name => "mul";

        public override void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> z) => ElementwiseKernel.Multiply(a, b, z, accumulate: false);

        public override long Forward(long a, long b) => a * b;

        public override void GradientA(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g) => TensorPrimitives.Multiply(dz, b, g);

        public override void GradientB(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g) => TensorPrimitives.Multiply(dz, a, g);
    }

    /// <summary>z = a / b. Backward reads both.</summary>
    internal sealed class DivideOp : BinaryOp
    {
        public static readonly DivideOp Instance = new();

        public override string Name => "div";

        public override void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> z) => TensorPrimitives.Divide(a, b, z);

        public override long Forward(long a, long b) => a / b;

        public override void GradientA(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g) => TensorPrimitives.Divide(dz, b, g);

        public override void GradientB(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g)
        {
            for (var i = 0; i < g.Length; i++)
                g[i] = -dz[i] * a[i] / (b[i] * b[i]);
        }
    }

    /// <summary>z = a^b. Backward reads both.</summary>
    internal sealed class PowerOp : BinaryOp
    {
        public static readonly PowerOp Instance = new();

        public override string Name => "pow";

        public override void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> z)
        {
            for (var i = 0; i < z.Length; i++)
                z[i] = MathF.Pow(a[i], b[i]);
        }

        public override long Forward(long a, long b) => (long)Math.Pow(a, b);

        public override void GradientA(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g)
        {
            for (var i = 0; i < g.Length; i++)
                g[i] = b[i] == 0 ? 0 : dz[i] * b[i] * MathF.Pow(a[i], b[i] - 1);
        }

        public override void GradientB(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g)
        {
            for (var i = 0; i < g.Length; i++)
                g[i] = a[i] == 0 ? 0 : dz[i] * MathF.Pow(a[i], b[i]) * MathF.Log(a[i]);
        }
    }

    /// <summary>z = max(a, b) or min(a, b); NaN wins, and equal operands share the gradient.</summary>
    internal sealed class ExtremeOp(bool isMaximum) : BinaryOp
    {
        public static readonly ExtremeOp Maximum = new(isMaximum: true);

        public static readonly ExtremeOp Minimum = new(isMaximum: false);

        public override string Name => isMaximum ? "maximum" : "minimum";

        public override void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> z)
        {
            if (isMaximum)
                TensorPrimitives.Max(a, b, z);
            else
                TensorPrimitives.Min(a, b, z);
        }

        public override long Forward(long a, long b) => isMaximum ? Math.Max(a, b) : Math.Min(a, b);

        public override void GradientA(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g)
        {
            for (var i = 0; i < g.Length; i++)
                g[i] = a[i] == b[i] ? dz[i] / 2 : a[i] > b[i] == isMaximum ? dz[i] : 0;
        }

        public override void GradientB(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g) => GradientA(b, a, dz, g);
    }
}
