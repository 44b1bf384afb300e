using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch.Modules
{
    /// <summary>Convolution of images (B, C, H, W).</summary>
    public sealed class Conv2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] _stride;
        private readonly long[] _padding;
        private readonly long[] _dilation;
        private readonly long _groups;

        internal Conv2d(long in_channels, long out_channels, (long, long) kernel, (long, long) stride, (long, long) padding, (long, long) dilation, long groups, bool hasBias)
            : base(nameof(Conv2d))
        {
            if (groups < 1 || in_channels % groups != 0 || out_channels % groups != 0)
                throw new ArgumentException($"in_channels ({in_channels}) and out_channels ({out_channels}) must be divisible by groups ({groups})");
            (_stride, _padding, _dilation, _groups) = ([stride.Item1, stride.Item2], [padding.Item1, padding.Item2], [dilation.Item1, dilation.Item2], groups);
            weight = new Parameter(torch.empty(out_channels, in_channels / groups, kernel.Item1, kernel.Item2));
            torch.nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
            if (hasBias)
            {
                var bound = 1 / Math.Sqrt(in_channels / groups * kernel.Item1 * kernel.Item2);
                bias = new Parameter(torch.empty(out_channels).uniform_(-bound, bound));
            }
            RegisterComponents();
        }

        /// <summary>(out, in / groups, kernel height, kernel width).</summary>
        public Parameter weight { get; }

        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups);
    }
}

namespace VitLab.Torch
{
    /// <summary>What lies outside an image.</summary>
    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                Conv2d(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                padding_mode == PaddingModes.Zeros
                    ? new Conv2d(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1), groups, bias)
                    : throw new NotSupportedException($"Conv2d: this engine pads with zeros, not {padding_mode}.");

            public static partial class functional
            {
                /// <summary>
                /// y[b, o] = Σ_c w[o, c] ⋆ x[b, c] + bias[o]. Backward reads x and w. A patch embedding (the stride is the kernel) is one matrix
                /// product over all patches; its result lies in memory as (B, OH, OW, O), so that flatten(2) and transpose(1, 2) give tokens without a copy.
                /// </summary>
                /// <param name="input">(B, C, H, W).</param>
                /// <param name="weight">(O, C / groups, KH, KW).</param>
                public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
                {
                    Check.Float("conv2d", input, weight, bias);
                    var (x, w, b) = (input.Contiguous(), weight.Contiguous(), bias?.Contiguous());
                    var size = ConvolutionSize(x.Core.Shape, w.Core.Shape, Pair(strides, 1), Pair(padding, 0), Pair(dilation, 1), groups);
                    if (b is not null && b.Core.Count != size.OutChannels)
                        throw new InvalidOperationException($"conv2d: bias {b.Core.Shape} does not fit {size.OutChannels} output channels.");
                    if (IsPatchEmbedding(size))
                        return linear(Patches(x, size), w.reshape(size.OutChannels, -1), b).view(size.Batch, size.OutHeight, size.OutWidth, size.OutChannels).permute(0, 3, 1, 2);
                    var y = Tensor.New(new Dims([size.Batch, size.OutChannels, size.OutHeight, size.OutWidth]));
                    Conv2dKernel.Forward(x.Core.Floats, w.Core.Floats, b is null ? default : b.Core.Floats, y.Core.Floats, size);
                    if (GradNode.IsWanted(x, w, b))
                        GradNode.Record(y, Conv2dBackward, x, w, b).State = size;
                    return y;
                }

                private static bool IsPatchEmbedding(Conv2dShape size) =>
                    size is { PaddingHeight: 0, PaddingWidth: 0, DilationHeight: 1, DilationWidth: 1, Groups: 1 }
                    && size.StrideHeight == size.KernelHeight && size.StrideWidth == size.KernelWidth && size.Height % size.KernelHeight == 0 && size.Width % size.KernelWidth == 0;

                // (B, C, H, W) to (B, OH · OW, C · KH · KW)
                private static Tensor Patches(Tensor x, Conv2dShape size) =>
                    x.view(size.Batch, size.Channels, size.OutHeight, size.KernelHeight, size.OutWidth, size.KernelWidth).permute(0, 2, 4, 1, 3, 5)
                        .reshape(size.Batch, size.OutHeight * size.OutWidth, -1);

                private static void Conv2dBackward(GradNode node)
                {
                    var dx = node.GradientOf(0, out var accumulate);
                    var dw = node.GradientSum(1);
                    var db = node.InputCount > 2 ? node.GradientSum(2) : default;
                    Conv2dKernel.Backward(node.Data(0), node.Data(1), node.Gradient, dx, dw, db, (Conv2dShape)node.State!, accumulate);
                }

                private static Conv2dShape ConvolutionSize(in Dims x, in Dims w, (int H, int W) stride, (int H, int W) padding, (int H, int W) dilation, long groups)
                {
                    if (x.Rank != 4 || w.Rank != 4 || groups < 1 || x[1] != w[1] * groups || w[0] % groups != 0)
                        throw new InvalidOperationException($"Given groups={groups}, weight of size {w}, expected input (B, {(w.Rank == 4 ? w[1] * groups : 0)}, H, W), but got {x} instead");
                    var size = new Conv2dShape((int)x[0], (int)x[1], (int)x[2], (int)x[3], (int)w[0], (int)w[2], (int)w[3], stride.H, stride.W, padding.H, padding.W, dilation.H, dilation.W, (int)groups);
                    if (size.OutHeight < 1 || size.OutWidth < 1)
                        throw new InvalidOperationException($"Calculated padded input size is smaller than the kernel: input {x}, weight {w}");
                    return size;
                }

                private static (int H, int W) Pair(long[]? values, int otherwise) => values switch
                {
                    null => (otherwise, otherwise),
                    [var both] => ((int)both, (int)both),
                    [var height, var width] => ((int)height, (int)width),
                    _ => throw new ArgumentException($"expected one number or two, got {new Dims(values)}"),
                };
            }
        }
    }
}
