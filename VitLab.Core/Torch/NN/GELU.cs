using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;

namespace VitLab.Torch.Modules
{
    /// <summary>x · Φ(x), with the exact normal distribution or its tanh approximation.</summary>
    public sealed class GELU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly Approximate _approximate;
        private readonly bool _inplace;

        internal GELU(Approximate approximate, bool inplace)
            : base(nameof(GELU)) => (_approximate, _inplace) = (approximate, inplace);

        /// <summary>How Φ is computed.</summary>
        public enum Approximate
        {
            none,
            tanh,
        }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.gelu(tensor, _approximate, _inplace);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GELU GELU() => new(Modules.GELU.Approximate.none, inplace: false);

            public static GELU GELU(bool inplace) => new(Modules.GELU.Approximate.none, inplace);

            public static GELU GELU(GELU.Approximate approximate, bool inplace = false) => new(approximate, inplace);

            public static partial class functional
            {
                public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none);

                public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

                /// <summary>y = x · Φ(x). Backward reads x.</summary>
                public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false)
                {
                    Check.Float("gelu", x);
                    var input = x.Contiguous();
                    var y = Tensor.New(input.Core.Shape);
                    var isExact = approximate == Modules.GELU.Approximate.none;
                    if (isExact)
                        GeluKernel.Forward(input.Core.Floats, y.Core.Floats);
                    else
                        GeluKernel.ForwardTanh(input.Core.Floats, y.Core.Floats);
                    if (GradNode.IsWanted(input))
                        GradNode.Record(y, isExact ? GeluBackward : GeluTanhBackward, input);
                    return inplace ? x.InPlaceOrNew("gelu", y) : y;
                }

                private static void GeluBackward(GradNode node)
                {
                    var dx = node.GradientOf(0, out var accumulate);
                    GeluKernel.Backward(node.Data(0), node.Gradient, dx, accumulate);
                }

                private static void GeluTanhBackward(GradNode node)
                {
                    var dx = node.GradientOf(0, out var accumulate);
                    GeluKernel.BackwardTanh(node.Data(0), node.Gradient, dx, accumulate);
                }
            }
        }
    }
}
