using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            /// <summary>A row-major copy that gradients flow through.</summary>
            public Tensor clone() => Dense(this);

            /// <summary>Copies the shape's elements repeatedly along each dimension.</summary>
            public Tensor repeat(params long[] sizes)
            {
                var lead = sizes.Length - Core.Shape.Rank;
                if (lead < 0)
                    throw new ArgumentException($"Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor: {new Dims(sizes)} against {Core.Shape}.");
                Dims source = default, wide = default, to = default;
                for (var i = 0; i < sizes.Length; i++)
                {
                    var size = i < lead ? 1 : Core.Shape[i - lead];
                    to.Add(size * sizes[i]);
                    if (sizes[i] != 1)
                    {
                        source.Add(1);
                        wide.Add(sizes[i]);
                    }
                    source.Add(size);
                    wide.Add(size);
                }
                return Dense(Reshape(source).Expand(wide)).Reshape(to);
            }

            /// <summary>Converts the elements; the tensor itself when nothing changes.</summary>
            public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
            {
                var result = type != dtype ? Convert(type) : copy ? clone() : disposeAfter ? this : alias();
                if (disposeAfter && !ReferenceEquals(result, this))
                    Dispose();
                return result;
            }

            public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(dtype, copy, disposeAfter);

            public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
                to(new Device(deviceType, deviceIndex), copy, disposeAfter);

            public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(new Device(device), copy, disposeAfter);

            public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(type, copy, disposeAfter);

            public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype);

            public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(type, copy, disposeAfter);

            public Tensor type_as(Tensor tensor) => to(tensor.dtype);

            public Tensor cpu() => alias();

            public Tensor cuda(Device? device = null, bool non_blocking = false) => to(DeviceType.CUDA);

            public Tensor @float() => to(ScalarType.Float32);

            public Tensor @long() => to(ScalarType.Int64);

            public Tensor @int() => to(ScalarType.Int32);

            public Tensor @bool() => to(ScalarType.Bool);

            public Tensor @byte() => to(ScalarType.Byte);

            public Tensor @double() => to(ScalarType.Float64);

            internal static Tensor Dense(Tensor x)
            {
                var from = x.Core;
                var y = New(from.Shape, from.Dtype);
                switch (from.Dtype.Size())
                {
                    case 1: Gather<byte>(from, y.Core); break;
                    case 4: Gather<float>(from, y.Core); break;
                    default: Gather<long>(from, y.Core); break;
                }
                if (GradNode.IsWanted(x))
                    GradNode.Record(y, static node => AddToInput(node, 0), x);
                return y;
            }

            /// <summary>Adds the result's gradient to an input that has (or broadcasts to) the result's shape.</summary>
            internal static void AddToInput(GradNode node, int index)
            {
                if (!node.Wants(index) || node.TryForwardGradient(index))
                    return;
                var input = node.Input(index);
                var shape = node.OutputShape;
                var strides = Layout.Expand(input.Shape, input.Strides, shape);
                var into = node.GradientFrom(index, out var accumulate, isBroadcast: Layout.Overlaps(shape, strides));
                Strided.Write(shape, node.Gradient, shape.RowMajor(), into, strides, accumulate);
            }

            private static void Gather<T>(TensorCore from, TensorCore to) where T : unmanaged =>
                Strided.Gather<T>(from.Shape, from.Data.AsSpan<T>()[(int)from.Offset..], from.Strides, to.Data.AsSpan<T>());
        }
    }
}
