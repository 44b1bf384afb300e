using System.Numerics.Tensors;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            /// <summary>The slices at the given indices of a dimension. Backward adds each slice's gradient to where it came from.</summary>
            public Tensor index_select(long dim, Tensor index)
            {
                Check.Index("index_select", index);
                var x = Contiguous();
                var at = x.Core.Shape.Dimension(dim);
                var (outer, size, inner) = Around(x.Core.Shape, at);
                var indices = index.Contiguous();
                CheckRange("index_select", indices, size);
                var shape = x.Core.Shape;
                shape[at] = indices.Core.Count;
                var y = New(shape, dtype);
                var width = inner * dtype.Size();
                var from = x.Core.Data.AsSpan<byte>()[(int)(x.Core.Offset * dtype.Size())..];
                var to = y.Core.Data.AsSpan<byte>();
                var picks = indices.Core.Span<long>();
                for (var o = 0; o < outer; o++)
                    for (var i = 0; i < picks.Length; i++)
                        from.Slice((int)(o * size + picks[i]) * width, width).CopyTo(to[((o * picks.Length + i) * width)..]);
                if (GradNode.IsWanted(x))
                {
                    var node = GradNode.Record(y, IndexSelectBackward, x);
                    SaveIndices(node, indices);
                    node.J = at;
                }
                return y;
            }

            /// <summary>y[i, j] = x[index[i, j], j] for dim 0, and likewise along any dimension.</summary>
            public Tensor gather(long dim, Tensor index)
            {
                Check.Index("gather", index);
                Check.Float("gather", this);
                var (x, indices) = (Contiguous(), index.Contiguous());
                var at = x.Core.Shape.Dimension(dim);
                var (from, to) = (x.Core.Shape, indices.Core.Shape);
                for (var i = 0; i < from.Rank; i++)
                    if (to.Rank != from.Rank || i != at && to[i] > from[i])
                        throw new InvalidOperationException($"Size does not match at dimension {i} expected index {to} to be smaller than self {from} apart from dimension {at}");
                CheckRange("gather", indices, from[at]);
                var y = New(to);
                var walk = new GatherWalk(from, to, at);
                Span<float> values = x.Core.Floats, result = y.Core.Floats;
                var picks = indices.Core.Span<long>();
                for (var i = 0; i < picks.Length; i++)
                    result[i] = values[walk.Position(i, picks[i])];
                if (GradNode.IsWanted(x))
                {
                    var node = GradNode.Record(y, GatherBackward, x);
                    SaveIndices(node, indices);
                    node.J = at;
                }
                return y;
            }

            internal static (int Outer, int Size, int Inner) Around(in Dims shape, int at)
            {
                var (outer, inner) = (1L, 1L);
                for (var i = 0; i < shape.Rank; i++)
                {
                    if (i < at)
                        outer *= shape[i];
                    else if (i > at)
                        inner *= shape[i];
                }
                return ((int)outer, shape.Rank == 0 ? 1 : (int)shape[at], (int)inner);
            }

            private static void IndexSelectBackward(GradNode node)
            {
                var (outer, size, inner) = Around(node.Input(0).Shape, (int)node.J);
                var dx = node.GradientSum(0);
                var dy = node.Gradient;
                var picks = node.Saved<long>(0)[(int)node.I..];
                var count = (int)node.OutputShape[(int)node.J];
                for (var o = 0; o < outer; o++)
                {
                    for (var i = 0; i < count; i++)
                    {
                        var into = dx.Slice((int)(o * size + picks[i]) * inner, inner);
                        TensorPrimitives.Add(into, dy.Slice((o * count + i) * inner, inner), into);
                    }
                }
            }

            private static void GatherBackward(GradNode node)
            {
                var walk = new GatherWalk(node.Input(0).Shape, node.OutputShape, (int)node.J);
                var dx = node.GradientSum(0);
                var dy = node.Gradient;
                var picks = node.Saved<long>(0)[(int)node.I..];
                for (var i = 0; i < dy.Length; i++)
                    dx[walk.Position(i, picks[i])] += dy[i];
            }

            private static void SaveIndices(GradNode node, Tensor indices)
            {
                node.Save(0, indices.Core.Data);
                node.I = indices.Core.Offset;
            }

            private static void CheckRange(string op, Tensor indices, long size)
            {
                foreach (var index in indices.Core.Span<long>())
                    if (index < 0 || index >= size)
                        throw new ArgumentOutOfRangeException(nameof(indices), $"{op}: index {index} is out of bounds for dimension with size {size}");
            }

            /// <summary>Where element i of a gather reads.</summary>
            private readonly struct GatherWalk(Dims from, Dims to, int at)
            {
                private readonly Dims _from = from.RowMajor();
                private readonly Dims _to = to.RowMajor();

                public int Position(int i, long picked)
                {
                    var position = 0L;
                    for (var d = 0; d < to.Rank; d++)
                        position += (d == at ? picked : i / _to[d] % to[d]) * _from[d];
                    return (int)position;
                }
            }
        }
    }
}
