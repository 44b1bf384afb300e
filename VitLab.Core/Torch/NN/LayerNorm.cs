using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Memory;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch.Modules
{
    /// <summary>Normalises the last dimensions to mean 0 and variance 1, then scales and shifts them by learned weights.</summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] _normalizedShape;
        private readonly double _eps;

        internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool hasBias)
            : base(nameof(LayerNorm))
        {
            _normalizedShape = normalized_shape;
            _eps = eps;
            if (elementwise_affine)
                weight = new Parameter(torch.ones(normalized_shape));
            if (elementwise_affine && hasBias)
                bias = new Parameter(torch.zeros(normalized_shape));
            RegisterComponents();
        }

        public Parameter? weight { get; }

        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.layer_norm(tensor, _normalizedShape, weight, bias, _eps);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias);

            /// <param name="normalized_shape">Size of the last dimension.</param>
            public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias);

            public static partial class functional
            {
                /// <summary>y = (x - mean) · rstd · w + b over the last dimensions. Saves mean and rstd; backward also reads x and w.</summary>
                public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
                {
                    Check.Float("layer_norm", input, weight, bias);
                    var shape = new Dims(normalized_shape);
                    CheckNormalized(input, shape, weight, bias);
                    var (x, w, b) = (input.Contiguous(), weight?.Contiguous(), bias?.Contiguous());
                    var D = (int)shape.Count;
                    var rows = (int)(x.Core.Count / D);
                    var y = Tensor.New(x.Core.Shape);
                    var mean = DataBuffer.Rent(rows * sizeof(float));
                    var rstd = DataBuffer.Rent(rows * sizeof(float));
                    LayerNormKernel.Forward(x.Core.Floats, w is null ? default : w.Core.Floats, b is null ? default : b.Core.Floats, y.Core.Floats,
                        mean.AsSpan<float>(), rstd.AsSpan<float>(), rows, D, (float)eps);
                    if (GradNode.IsWanted(x, w, b))
                    {
                        var node = GradNode.Record(y, LayerNormBackward, x, w, b);
                        node.Save(0, mean);
                        node.Save(1, rstd);
                        (node.I, node.J) = (D, w is null ? 0 : 1);
                    }
                    mean.Release();
                    rstd.Release();
                    return y;
                }

                private static void LayerNormBackward(GradNode node)
                {
                    var (D, biasAt) = ((int)node.I, 1 + (int)node.J);
                    var rows = node.Gradient.Length / D;
                    var dx = node.GradientOf(0, out var accumulate);
                    var w = node.J > 0 ? node.Data(1) : default;
                    var dw = node.J > 0 ? node.GradientSum(1) : default;
                    var db = node.InputCount > biasAt ? node.GradientSum(biasAt) : default;
                    LayerNormKernel.Backward(node.Data(0), w, node.Saved(0), node.Saved(1), node.Gradient, dx, dw, db, rows, D, accumulate);
                }

                private static void CheckNormalized(Tensor input, in Dims shape, Tensor? weight, Tensor? bias)
                {
                    var x = input.Core.Shape;
                    if (x.Rank < shape.Rank || !x.Values[^shape.Rank..].SequenceEqual(shape.Values))
                        throw new InvalidOperationException($"Given normalized_shape={shape}, expected input with shape [*, {shape.ToString()[1..]}, but got input of size {x}");
                    if (weight is not null && !weight.Core.Shape.Same(shape) || bias is not null && !bias.Core.Shape.Same(shape))
                        throw new InvalidOperationException($"Expected weight and bias to be of the normalized shape {shape}, but got weight {weight?.Core.Shape} and bias {bias?.Core.Shape}");
                }
            }
        }
    }
}
