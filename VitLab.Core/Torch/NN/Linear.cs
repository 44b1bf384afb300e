using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;

namespace VitLab.Torch.Modules
{
    /// <summary>y = x Wᵀ + b over the last dimension.</summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias)
            : base(nameof(Linear))
        {
            in_features = inputSize;
            out_features = outputSize;
            weight = new Parameter(torch.empty(outputSize, inputSize));
            torch.nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
            if (hasBias)
            {
                var bound = 1 / Math.Sqrt(inputSize);
                bias = new Parameter(torch.empty(outputSize).uniform_(-bound, bound));
            }
            RegisterComponents();
        }

        public long in_features { get; }

        public long out_features { get; }

        /// <summary>(out, in).</summary>
        public Parameter weight { get; }

        /// <summary>(out), or null.</summary>
        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="inputSize">Features of an input token.</param>
            /// <param name="outputSize">Features of an output token.</param>
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) => new(inputSize, outputSize, hasBias);

            public static partial class functional
            {
                /// <summary>y = x wᵀ + b. Backward reads x and w.</summary>
                /// <param name="input">(*, in).</param>
                /// <param name="weights">(out, in).</param>
                /// <param name="bias">(out).</param>
                /// <returns>(*, out).</returns>
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null)
                {
                    CheckLinear(input, weights, bias);
                    var (x, w, b) = (input.Contiguous(), weights.Contiguous(), bias?.Contiguous());
                    var (inFeatures, outFeatures) = ((int)w.Core.Shape[1], (int)w.Core.Shape[0]);
                    var shape = x.Core.Shape;
                    shape[shape.Last] = outFeatures;
                    var y = Tensor.New(shape);
                    var rows = (int)(x.Core.Count / inFeatures);
                    LinearKernel.Forward(x.Core.Floats, w.Core.Floats, b is null ? default : b.Core.Floats, y.Core.Floats, rows, inFeatures, outFeatures);
                    if (GradNode.IsWanted(x, w, b))
                        GradNode.Record(y, LinearBackward, x, w, b).I = rows;
                    return y;
                }

                private static void LinearBackward(GradNode node)
                {
                    var weight = node.Input(1).Shape;
                    var dx = node.GradientOf(0, out var accumulate);
                    var dw = node.GradientSum(1);
                    var db = node.InputCount > 2 ? node.GradientSum(2) : default;
                    LinearKernel.Backward(node.Data(0), node.Data(1), node.Gradient, dx, dw, db, (int)node.I, (int)weight[1], (int)weight[0], accumulate);
                }

                private static void CheckLinear(Tensor input, Tensor weights, Tensor? bias)
                {
                    Check.Float("linear", input, weights, bias);
                    var (x, w) = (input.Core.Shape, weights.Core.Shape);
                    if (w.Rank != 2 || x.Rank == 0 || x[x.Last] != w[1])
                        throw new InvalidOperationException($"mat1 and mat2 shapes cannot be multiplied: linear got input {x} and weight {w}; the input's last size must be the weight's second.");
                    if (bias is not null && (bias.Core.Shape.Rank != 1 || bias.Core.Shape[0] != w[0]))
                        throw new InvalidOperationException($"linear: bias {bias.Core.Shape} does not fit weight {w}; it must have {w[0]} elements.");
                }
            }
        }
    }
}
