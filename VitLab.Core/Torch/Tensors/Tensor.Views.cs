using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        // Views: the same memory under another shape. Gradients of a view land in its base's gradient, so none of these is on the tape.
        public partial class Tensor
        {
            /// <summary>The same elements under another shape; one size may be -1. Throws when no view can show them so.</summary>
            public Tensor view(params long[] shape)
            {
                var to = Resolve(shape);
                return Layout.TryReshape(Core.Shape, Core.Strides, to, out var strides)
                    ? new Tensor(Core.View(to, strides, Core.Offset))
                    : throw new InvalidOperationException($"view size {to} is not compatible with input tensor's size {Core.Shape} and stride {Core.Strides} (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.");
            }

            /// <summary>As <see cref="view"/>, copying when it must.</summary>
            public Tensor reshape(params long[] shape) => Reshape(Resolve(shape));

            public Tensor view_as(Tensor other) => view(other.shape);

            public Tensor flatten(long start_dim = 0, long end_dim = -1)
            {
                var (first, last) = (Core.Shape.Dimension(start_dim), Core.Shape.Dimension(end_dim));
                if (first > last)
                    throw new ArgumentException($"flatten() has invalid args: start_dim {start_dim} cannot come after end_dim {end_dim}");
                Dims to = default;
                var run = 1L;
                for (var i = 0; i < Core.Shape.Rank; i++)
                {
                    run *= Core.Shape[i];
                    if (i >= first && i < last)
                        continue;
                    to.Add(run);
                    run = 1;
                }
                if (to.Rank == 0)
                    to.Add(1);
                return Reshape(to);
            }

            public Tensor unflatten(long dim, params long[] sizes)
            {
                var at = Core.Shape.Dimension(dim);
                return view([.. Core.Shape.Values[..at], .. sizes, .. Core.Shape.Values[(at + 1)..]]);
            }

            public Tensor unsqueeze(long dim)
            {
                var at = Dims.Dimension(dim, Core.Shape.Rank + 1);
                var (shape, strides) = (Core.Shape, Core.Strides);
                strides.Insert(at, at < shape.Rank ? shape[at] * strides[at] : 1);
                shape.Insert(at, 1);
                return new Tensor(Core.View(shape, strides, Core.Offset));
            }

            /// <summary>Drops a dimension of size 1 (left alone otherwise), or all of them.</summary>
            public Tensor squeeze(long? dim = null)
            {
                var (shape, strides) = (Core.Shape, Core.Strides);
                var only = dim is { } d ? shape.Dimension(d) : -1;
                for (var i = shape.Rank - 1; i >= 0; i--)
                {
                    if (shape[i] != 1 || only >= 0 && i != only)
                        continue;
                    shape.RemoveAt(i);
                    strides.RemoveAt(i);
                }
                return new Tensor(Core.View(shape, strides, Core.Offset));
            }

            public Tensor permute(params long[] permutation)
            {
                if (permutation.Length != Core.Shape.Rank)
                    throw new ArgumentException($"permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = {Core.Shape.Rank} is not equal to len(dims) = {permutation.Length}");
                Dims shape = default, strides = default;
                var seen = 0;
                foreach (var p in permutation)
                {
                    var from = Core.Shape.Dimension(p);
                    if ((seen & 1 << from) != 0)
                        throw new ArgumentException("permute(): duplicate dims are not allowed.");
                    seen |= 1 << from;
                    shape.Add(Core.Shape[from]);
                    strides.Add(Core.Strides[from]);
                }
                return new Tensor(Core.View(shape, strides, Core.Offset));
            }

            public Tensor transpose(long dim0, long dim1)
            {
                var (shape, strides) = (Core.Shape, Core.Strides);
                var (a, b) = (shape.Dimension(dim0), shape.Dimension(dim1));
                if (shape.Rank > 0)
                {
                    (shape[a], shape[b]) = (shape[b], shape[a]);
                    (strides[a], strides[b]) = (strides[b], strides[a]);
                }
                return new Tensor(Core.View(shape, strides, Core.Offset));
            }

            public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

            /// <summary>Transpose of a matrix.</summary>
            public Tensor t() => Core.Shape.Rank <= 2
                ? Core.Shape.Rank < 2 ? alias() : transpose(0, 1)
                : throw new InvalidOperationException($"t() expects a tensor with <= 2 dimensions, but self is {Core.Shape.Rank}D");

            /// <summary>All dimensions in reverse.</summary>
            public Tensor T
            {
                get
                {
                    var order = new long[Core.Shape.Rank];
                    for (var i = 0; i < order.Length; i++)
                        order[i] = order.Length - 1 - i;
                    return permute(order);
                }
            }

            /// <summary>The last two dimensions swapped.</summary>
            public Tensor mT => transpose(-2, -1);

            /// <summary>Repeats dimensions of size 1 without copying; -1 keeps a size.</summary>
            public Tensor expand(params long[] sizes)
            {
                var to = new Dims(sizes);
                var lead = to.Rank - Core.Shape.Rank;
                for (var i = Math.Max(lead, 0); i < to.Rank; i++)
                    if (to[i] == -1)
                        to[i] = Core.Shape[i - lead];
                return Expand(to);
            }

            public Tensor expand_as(Tensor other) => Expand(other.Core.Shape);

            public Tensor broadcast_to(params long[] shape) => expand(shape);

            /// <summary>Row-major memory: the tensor itself when it has it, a copy otherwise.</summary>
            public Tensor contiguous() => Core.IsContiguous ? alias() : Dense(this);

            /// <summary>Another handle to the same tensor.</summary>
            public Tensor alias() => new(Core.View(Core.Shape, Core.Strides, Core.Offset));

            internal Tensor Expand(in Dims to) => new(Core.View(to, Layout.Expand(Core.Shape, Core.Strides, to), Core.Offset));

            internal Tensor Reshape(in Dims to)
            {
                if (Layout.TryReshape(Core.Shape, Core.Strides, to, out var strides))
                    return new Tensor(Core.View(to, strides, Core.Offset));
                var dense = Dense(this).Core;
                return new Tensor(dense.View(to, to.RowMajor(), 0));
            }

            /// <summary>This handle when its memory is row-major, else a copy.</summary>
            internal Tensor Contiguous() => Core.IsContiguous ? this : Dense(this);

            private Dims Resolve(long[] shape)
            {
                var to = new Dims(shape);
                var (open, known) = (-1, 1L);
                for (var i = 0; i < to.Rank; i++)
                {
                    if (to[i] == -1 && open < 0)
                        open = i;
                    else if (to[i] < 0)
                        throw new ArgumentException($"invalid shape dimension {to[i]} in {to}: only one size may be -1");
                    else
                        known *= to[i];
                }
                if (open >= 0 && known > 0 && Core.Count % known == 0)
                    to[open] = Core.Count / known;
                return to.Count == Core.Count ? to : throw new InvalidOperationException($"shape '{new Dims(shape)}' is invalid for input of size {Core.Count} and shape {Core.Shape}");
            }
        }
    }
}
