using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;

namespace VitLab.Torch.Modules
{
    /// <summary>max(x, 0).</summary>
    public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly bool _inplace;

        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => _inplace = inplace;

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.relu(tensor, _inplace);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            public Tensor relu() => nn.functional.relu(this);
        }

        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>y = max(x, 0). Backward reads x.</summary>
                public static Tensor relu(Tensor x, bool inplace = false)
                {
                    Check.Float("relu", x);
                    var input = x.Contiguous();
                    var y = Tensor.New(input.Core.Shape);
                    ReluKernel.Forward(input.Core.Floats, y.Core.Floats);
                    if (GradNode.IsWanted(input))
                        GradNode.Record(y, ReluBackward, input);
                    return inplace ? x.InPlaceOrNew("relu", y) : y;
                }

                private static void ReluBackward(GradNode node)
                {
                    var dx = node.GradientOf(0, out var accumulate);
                    ReluKernel.Backward(node.Data(0), node.Gradient, dx, accumulate);
                }
            }
        }
    }
}
