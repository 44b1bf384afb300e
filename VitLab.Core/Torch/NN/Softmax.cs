using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;

namespace VitLab.Torch.Modules
{
    /// <summary>Exponentials that sum to 1 along a dimension.</summary>
    public sealed class Softmax : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long _dim;

        internal Softmax(long dim)
            : base(nameof(Softmax)) => _dim = dim;

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.softmax(tensor, _dim);
    }

    /// <summary>Logarithm of softmax.</summary>
    public sealed class LogSoftmax : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long _dim;

        internal LogSoftmax(long dim)
            : base(nameof(LogSoftmax)) => _dim = dim;

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.log_softmax(tensor, _dim);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            public Tensor softmax(long dim, ScalarType? dtype = null) => nn.functional.softmax(this, dim, dtype);

            public Tensor log_softmax(long dim, ScalarType? dtype = null) => nn.functional.log_softmax(this, dim);
        }

        public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => nn.functional.softmax(input, dim, dtype);

        public static partial class nn
        {
            public static Softmax Softmax(long dim) => new(dim);

            public static LogSoftmax LogSoftmax(long dim) => new(dim);

            public static partial class functional
            {
                /// <summary>y = exp(x - max) / Σ exp(x - max) along a dimension. Backward reads y.</summary>
                public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) =>
                    AlongLast(dtype is { } type ? input.to(type) : input, dim, static x =>
                    {
                        var n = (int)x.Core.Shape[x.Core.Shape.Last];
                        var y = Tensor.New(x.Core.Shape);
                        SoftmaxKernel.Forward(x.Core.Floats, y.Core.Floats, (int)(x.Core.Count / n), n);
                        if (GradNode.IsWanted(x))
                            GradNode.Record(y, SoftmaxBackward, x).Save(0, y.Core.Data);
                        return y;
                    });

                /// <summary>y = x - max - log Σ exp(x - max) along a dimension. Backward reads y.</summary>
                public static Tensor log_softmax(Tensor x, long dim) =>
                    AlongLast(x, dim, static x =>
                    {
                        var n = (int)x.Core.Shape[x.Core.Shape.Last];
                        var y = Tensor.New(x.Core.Shape);
                        LogSoftmaxKernel.Forward(x.Core.Floats, y.Core.Floats, (int)(x.Core.Count / n), n);
                        if (GradNode.IsWanted(x))
                            GradNode.Record(y, LogSoftmaxBackward, x).Save(0, y.Core.Data);
                        return y;
                    });

                private static void SoftmaxBackward(GradNode node)
                {
                    var n = (int)node.OutputShape[node.OutputShape.Last];
                    var dx = node.GradientOf(0, out var accumulate);
                    SoftmaxKernel.Backward(node.Saved(0), node.Gradient, dx, dx.Length / n, n, accumulate);
                }

                private static void LogSoftmaxBackward(GradNode node)
                {
                    var n = (int)node.OutputShape[node.OutputShape.Last];
                    var dx = node.GradientOf(0, out var accumulate);
                    LogSoftmaxKernel.Backward(node.Saved(0), node.Gradient, dx, dx.Length / n, n, accumulate);
                }

                /// <summary>Applies an op over contiguous rows along any dimension.</summary>
                private static Tensor AlongLast(Tensor x, long dim, Func<Tensor, Tensor> rows)
                {
                    Check.Float("softmax", x);
                    if (x.Core.Shape.Rank == 0)
                        return rows(x.reshape(1)).reshape();
                    var at = x.Core.Shape.Dimension(dim);
                    return at == x.Core.Shape.Last ? rows(x.Contiguous()) : rows(x.transpose(at, -1).Contiguous()).transpose(at, -1);
                }
            }
        }
    }
}
