using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            /// <summary>A part of the tensor; setting copies into it.</summary>
            public Tensor this[params TensorIndex[] indices]
            {
                get => index(indices);
                set => index(indices).copy_(value);
            }

            /// <summary>The elements that a list of indices or a mask names; setting is left to <see cref="masked_fill_"/> and its like.</summary>
            public Tensor this[params Tensor[] indices] => index(indices);

            /// <summary>Picks by one list of indices or one mask (a copy).</summary>
            public Tensor index(params Tensor[] indices) => index([.. indices.Select(TensorIndex.Tensor)]);

            /// <summary>Picks by numbers, ranges and new dimensions (views), or by one list of indices or mask (a copy).</summary>
            public Tensor index(params TensorIndex[] indices)
            {
                var used = indices.Count(place => place.Kind is not (TensorIndex.Sort.Null or TensorIndex.Sort.Ellipsis)) + indices.Sum(place => place.Indices is { dtype: ScalarType.Bool } mask ? mask.Core.Shape.Rank - 1 : 0);
                if (used > Core.Shape.Rank)
                    throw new ArgumentException($"too many indices for tensor of dimension {Core.Shape.Rank}: {used} given for shape {Core.Shape}");
                if (indices.Count(place => place.Kind == TensorIndex.Sort.Tensor) > 1)
                    throw new NotSupportedException("This engine indexes with at most one tensor at a time.");
                var result = this;
                var dim = 0;
                foreach (var place in indices)
                {
                    switch (place.Kind)
                    {
                        case TensorIndex.Sort.Single:
                            result = result.select(dim, place.Start);
                            break;
                        case TensorIndex.Sort.Slice:
                            result = result.slice(dim++, place.Start, place.Stop, place.Step);
                            break;
                        case TensorIndex.Sort.Ellipsis:
                            dim += Core.Shape.Rank - used;
                            break;
                        case TensorIndex.Sort.Null:
                            result = result.unsqueeze(dim++);
                            break;
                        default:
                            result = result.Pick(ref dim, place.Indices!);
                            break;
                    }
                }
                return ReferenceEquals(result, this) ? alias() : result;
            }

            /// <summary>Elements where the mask is true, in row-major order.</summary>
            public Tensor masked_select(Tensor mask)
            {
                var shape = Layout.Broadcast(Core.Shape, mask.Core.Shape);
                var flat = Expand(shape).Reshape(new Dims([shape.Count]));
                return flat.index_select(0, Positions(mask.Expand(shape)));
            }

            /// <summary>Indices of non-zero elements, one row each.</summary>
            public Tensor nonzero()
            {
                var positions = Positions(ne(0)).Core.Span<long>();
                var strides = Core.Shape.RowMajor();
                var rank = Core.Shape.Rank;
                var result = New(new Dims([positions.Length, rank]), ScalarType.Int64);
                var rows = result.Core.Span<long>();
                for (var i = 0; i < positions.Length; i++)
                    for (var d = 0; d < rank; d++)
                        rows[i * rank + d] = positions[i] / strides[d] % Core.Shape[d];
                return result;
            }

            private Tensor Pick(ref int dim, Tensor indices)
            {
                var shape = Core.Shape;
                if (indices.dtype == ScalarType.Bool)
                {
                    var rank = indices.Core.Shape.Rank;
                    if (!shape.Values.Slice(dim, rank).SequenceEqual(indices.Core.Shape.Values))
                        throw new ArgumentException($"The shape of the mask {indices.Core.Shape} does not match the shape of the indexed tensor {shape} at dimension {dim}");
                    var merged = rank == 1 ? this : flatten(dim, dim + rank - 1);
                    return merged.index_select(dim++, Positions(indices));
                }
                var picked = index_select(dim, indices.reshape(-1));
                if (indices.Core.Shape.Rank == 1)
                {
                    dim++;
                    return picked;
                }
                var result = picked.reshape([.. shape.Values[..dim], .. indices.Core.Shape.Values, .. shape.Values[(dim + 1)..]]);
                dim += indices.Core.Shape.Rank;
                return result;
            }

            private static Tensor Positions(Tensor mask)
            {
                var flags = mask.Contiguous().Core.Span<bool>();
                var positions = new List<long>();
                for (var i = 0; i < flags.Length; i++)
                    if (flags[i])
                        positions.Add(i);
                return tensor(positions.ToArray());
            }
        }
    }
}
