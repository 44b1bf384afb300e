using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Memory;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch.Modules
{
    /// <summary>The largest element of each window of an image.</summary>
    public sealed class MaxPool2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] _kernel;
        private readonly long[]? _stride;
        private readonly long[]? _padding;
        private readonly long[]? _dilation;
        private readonly bool _ceil;

        internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode)
            : base(nameof(MaxPool2d)) => (_kernel, _stride, _padding, _dilation, _ceil) = (kernel_size, stride, padding, dilation, ceil_mode);

        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.max_pool2d(input, _kernel, _stride, _padding, _dilation, _ceil);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="stride">The kernel size when left out.</param>
            public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                new([kernel_size], Numbers(stride), Numbers(padding), Numbers(dilation), ceil_mode);

            public static MaxPool2d MaxPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                new([kernel_size.Item1, kernel_size.Item2], Numbers(stride), Numbers(padding), Numbers(dilation), ceil_mode);

            private static long[]? Numbers(long? value) => value is { } number ? [number] : null;

            private static long[]? Numbers((long, long)? value) => value is { } pair ? [pair.Item1, pair.Item2] : null;

            public static partial class functional
            {
                public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                    max_pool2d(input, [kernel_size], Numbers(stride), Numbers(padding), Numbers(dilation), ceil_mode);

                public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                    max_pool2d(input, [kernel_size.Item1, kernel_size.Item2], Numbers(stride), Numbers(padding), Numbers(dilation), ceil_mode);

                /// <summary>y = max over each window. Saves where it was.</summary>
                /// <param name="input">(B, C, H, W) or (C, H, W).</param>
                public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
                {
                    Check.Float("max_pool2d", input);
                    var x = input.Contiguous();
                    var shape = x.Core.Shape;
                    if (shape.Rank is not (3 or 4))
                        throw new InvalidOperationException($"max_pool2d() Expected 3D or 4D (batch mode) tensor, but got input of shape {shape}");
                    var kernel = Pair(kernel_size, 1);
                    var (stride, pad, gap) = (strides is null or [] ? kernel : Pair(strides, 1), Pair(padding, 0), Pair(dilation, 1));
                    var (height, width) = ((int)shape[shape.Last - 1], (int)shape[shape.Last]);
                    var size = new Pool2dShape((int)(shape.Count / (height * width)), height, width, kernel.H, kernel.W, stride.H, stride.W, pad.H, pad.W, gap.H, gap.W, ceil_mode);
                    if (size.OutHeight < 1 || size.OutWidth < 1 || pad.H > kernel.H / 2 || pad.W > kernel.W / 2)
                        throw new InvalidOperationException($"max_pool2d: a window of ({kernel.H}, {kernel.W}) with padding ({pad.H}, {pad.W}) does not fit input {shape}; padding may be at most half the window.");
                    (shape[shape.Last - 1], shape[shape.Last]) = (size.OutHeight, size.OutWidth);
                    var y = Tensor.New(shape);
                    var indices = DataBuffer.Rent(y.Core.Count * sizeof(int));
                    MaxPool2dKernel.Forward(x.Core.Floats, y.Core.Floats, indices.AsSpan<int>(), size);
                    if (GradNode.IsWanted(x))
                    {
                        var node = GradNode.Record(y, MaxPool2dBackward, x);
                        node.Save(0, indices);
                        node.State = size;
                    }
                    indices.Release();
                    return y;
                }

                private static void MaxPool2dBackward(GradNode node)
                {
                    var dx = node.GradientOf(0, out var accumulate);
                    MaxPool2dKernel.Backward(node.Gradient, node.Saved<int>(0), dx, (Pool2dShape)node.State!, accumulate);
                }
            }
        }
    }
}
