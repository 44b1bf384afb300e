using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;

namespace VitLab.Torch.Modules
{
    /// <summary>Drops elements with probability p while training and scales the rest by 1 / (1 - p); does nothing otherwise.</summary>
    public sealed class Dropout : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double _p;
        private readonly bool _inplace;

        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout)) => (_p, _inplace) = (p, inplace);

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.dropout(tensor, _p, training, _inplace);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static partial class functional
            {
                /// <summary>y = x · keep / (1 - p). Backward makes the same mask from its seed again, so none is saved.</summary>
                /// <param name="training">On by default, as in PyTorch: pass the module's own.</param>
                public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                {
                    if (p is < 0 or > 1)
                        throw new ArgumentOutOfRangeException(nameof(p), $"dropout probability has to be between 0 and 1, but got {p}");
                    if (!training || p == 0)
                        return inplace ? input : input.alias();
                    Check.Float("dropout", input);
                    var x = input.Contiguous();
                    var y = Tensor.New(x.Core.Shape);
                    var seed = Generator.Default.DrawSeed();
                    DropoutKernel.Forward(x.Core.Floats, y.Core.Floats, (float)p, seed);
                    if (GradNode.IsWanted(x))
                    {
                        var node = GradNode.Record(y, DropoutBackward, x);
                        (node.A, node.Seed) = (p, seed);
                    }
                    return inplace ? input.InPlaceOrNew("dropout", y) : y;
                }

                private static void DropoutBackward(GradNode node)
                {
                    var dx = node.GradientOf(0, out var accumulate);
                    DropoutKernel.Backward(node.Gradient, dx, (float)node.A, node.Seed, accumulate);
                }
            }
        }
    }
}
