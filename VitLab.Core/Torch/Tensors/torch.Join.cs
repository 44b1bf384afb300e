using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>Tensors laid end to end along a dimension.</summary>
        public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Cat([.. tensors], dim);

        public static Tensor cat(Tensor[] tensors, long dim = 0) => Cat(tensors, dim);

        public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Cat(tensors, dim);

        public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

        /// <summary>Tensors of one shape laid side by side along a new dimension.</summary>
        public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Cat(tensors.Select(tensor => tensor.unsqueeze(dim)).ToArray(), dim);

        private static Tensor Cat(ReadOnlySpan<Tensor> tensors, long dim)
        {
            if (tensors.IsEmpty)
                throw new ArgumentException("torch.cat(): expected a non-empty list of Tensors");
            var first = tensors[0].Core;
            var at = first.Shape.Dimension(dim);
            var shape = first.Shape;
            shape[at] = 0;
            foreach (var tensor in tensors)
            {
                CheckJoin(first, tensor.Core, at);
                shape[at] += tensor.Core.Shape[at];
            }
            var y = Tensor.New(shape, first.Dtype);
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                var part = tensor.Core;
                switch (part.Dtype.Size())
                {
                    case 1: Place<byte>(part, y.Core, offset); break;
                    case 4: Place<float>(part, y.Core, offset); break;
                    default: Place<long>(part, y.Core, offset); break;
                }
                offset += part.Shape[at] * y.Core.Strides[at];
            }
            if (GradNode.IsWanted(tensors))
                GradNode.Record(y, CatBackward, tensors).I = at;
            return y;
        }

        private static void Place<T>(TensorCore part, TensorCore whole, long offset) where T : unmanaged =>
            Strided.Copy<T>(part.Shape, part.Data.AsSpan<T>()[(int)part.Offset..], part.Strides, whole.Data.AsSpan<T>()[(int)offset..], whole.Strides);

        private static void CatBackward(GradNode node)
        {
            var strides = node.OutputShape.RowMajor();
            var offset = 0L;
            for (var i = 0; i < node.InputCount; i++)
            {
                var part = node.Input(i);
                if (node.Wants(i))
                {
                    var into = node.GradientFrom(i, out var accumulate, Layout.Overlaps(part.Shape, part.Strides));
                    Strided.Write(part.Shape, node.Gradient[(int)offset..], strides, into, part.Strides, accumulate);
                }
                offset += part.Shape[(int)node.I] * strides[(int)node.I];
            }
        }

        private static void CheckJoin(TensorCore first, TensorCore other, int at)
        {
            if (other.Dtype != first.Dtype)
                throw new InvalidOperationException($"torch.cat(): expected all tensors to be {first.Dtype}, but one is {other.Dtype}");
            for (var i = 0; i < first.Shape.Rank; i++)
                if (other.Shape.Rank != first.Shape.Rank || i != at && other.Shape[i] != first.Shape[i])
                    throw new InvalidOperationException($"Sizes of tensors must match except in dimension {at}. Got shapes {first.Shape} and {other.Shape}.");
        }
    }
}
