using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            /// <summary>Matrix product over the last two dimensions; the dimensions before are broadcast. Vectors count as a row or a column.</summary>
            public Tensor matmul(Tensor target)
            {
                Check.Float("matmul", this, target);
                if (Core.Shape.Rank == 0 || target.Core.Shape.Rank == 0)
                    throw new InvalidOperationException($"both arguments to matmul need to be at least 1D, but they are {Core.Shape.Rank}D and {target.Core.Shape.Rank}D");
                if (Core.Shape.Rank == 1)
                    return unsqueeze(0).matmul(target.Core.Shape.Rank == 1 ? target.unsqueeze(1) : target).squeeze(target.Core.Shape.Rank == 1 ? null : -2);
                if (target.Core.Shape.Rank == 1)
                    return matmul(target.unsqueeze(1)).squeeze(-1);
                if (size(-1) != target.size(-2))
                    throw new InvalidOperationException($"mat1 and mat2 shapes cannot be multiplied ({Core.Shape} and {target.Core.Shape})");
                // Many rows against one matrix are one tall product.
                if (target.Core.Shape.Rank == 2 && Core.Shape.Rank > 2 && Core.IsContiguous)
                    return Product(Reshape(new Dims([Core.Count / size(-1), size(-1)])), target).view([.. Core.Shape.Values[..^1], target.size(1)]);
                return Product(this, target);
            }

            public Tensor mm(Tensor target) => Core.Shape.Rank == 2 && target.Core.Shape.Rank == 2 ? matmul(target)
                : throw new InvalidOperationException($"mm expects two matrices, got shapes {Core.Shape} and {target.Core.Shape}");

            /// <summary>(B, M, K) by (B, K, N).</summary>
            public Tensor bmm(Tensor batch2) => Core.Shape.Rank == 3 && batch2.Core.Shape.Rank == 3 && size(0) == batch2.size(0) ? matmul(batch2)
                : throw new InvalidOperationException($"bmm expects two batches of as many matrices, got shapes {Core.Shape} and {batch2.Core.Shape}");

            private static Tensor Product(Tensor left, Tensor right)
            {
                var (a, b) = (MatrixLayout.Readable(left, out var aLayout), MatrixLayout.Readable(right, out var bLayout));
                var batch = Layout.Broadcast(BatchOf(a.Core.Shape), BatchOf(b.Core.Shape));
                var shape = batch;
                shape.Add(a.size(-2));
                shape.Add(b.size(-1));
                var y = New(shape);
                var product = new BatchedProduct(a.Core, aLayout, b.Core, bLayout, shape);
                product.Forward(a.Core.FloatsFrom, b.Core.FloatsFrom, y.Core.Floats);
                if (GradNode.IsWanted(a, b))
                    GradNode.Record(y, ProductBackward, a, b);
                return y;
            }

            private static void ProductBackward(GradNode node)
            {
                var (a, b) = (node.Input(0), node.Input(1));
                MatrixLayout.TryOf(a, out var aLayout);
                MatrixLayout.TryOf(b, out var bLayout);
                var product = new BatchedProduct(a, aLayout, b, bLayout, node.OutputShape);
                if (node.Wants(0))
                    product.BackwardA(node.DataFrom(1), node.Gradient, node.GradientFrom(0, out var accumulate, product.BroadcastsA), accumulate);
                if (node.Wants(1))
                    product.BackwardB(node.DataFrom(0), node.Gradient, node.GradientFrom(1, out var accumulate, product.BroadcastsB), accumulate);
            }

            internal static Dims BatchOf(Dims shape)
            {
                shape.RemoveAt(shape.Last);
                shape.RemoveAt(shape.Last);
                return shape;
            }
        }

        public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

        public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

        public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);
    }
}
