namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>One place of an index expression: a number, a range, "all", "the dimensions in between", a new dimension, or a mask or list of indices.</summary>
        public readonly struct TensorIndex
        {
            private TensorIndex(Sort sort, long start = 0, long stop = 0, long step = 1, Tensor? tensor = null) => (Kind, Start, Stop, Step, Indices) = (sort, start, stop, step, tensor);

            internal enum Sort
            {
                Slice,
                Single,
                Ellipsis,
                Null,
                Tensor,
            }

            /// <summary>The whole dimension, as ":" in Python.</summary>
            public static readonly TensorIndex Colon = Slice();

            /// <summary>As many whole dimensions as are left over.</summary>
            public static readonly TensorIndex Ellipsis = new(Sort.Ellipsis);

            /// <summary>A new dimension of size 1.</summary>
            public static readonly TensorIndex Null = new(Sort.Null);

            internal Sort Kind { get; }

            internal long Start { get; }

            internal long Stop { get; }

            internal long Step { get; }

            internal Tensor? Indices { get; }

            public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Sort.Slice, start ?? 0, stop ?? long.MaxValue, step ?? 1);

            public static TensorIndex Single(long? index) => new(Sort.Single, index ?? throw new ArgumentNullException(nameof(index)));

            public static TensorIndex Tensor(Tensor tensor) => new(Sort.Tensor, tensor: tensor);

            public static implicit operator TensorIndex(long value) => Single(value);

            public static implicit operator TensorIndex(Range range) => Slice(
                range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
                !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);
        }
    }
}
