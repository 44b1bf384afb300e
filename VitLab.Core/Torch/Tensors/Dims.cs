using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace VitLab.Torch.Tensors
{
    /// <summary>Sizes or strides of a tensor, inline (no array per tensor).</summary>
    internal struct Dims
    {
        public const int MaxRank = 8;

        private Longs _values;

        public Dims(ReadOnlySpan<long> values)
        {
            if (values.Length > MaxRank)
                throw new NotSupportedException($"This engine has tensors of at most {MaxRank} dimensions, not {values.Length}.");
            Rank = values.Length;
            values.CopyTo(Span);
        }

        public int Rank { get; private set; }

        public readonly int Last => Rank - 1;

        [UnscopedRef]
        public Span<long> Span => ((Span<long>)_values)[..Rank];

        [UnscopedRef]
        public readonly ReadOnlySpan<long> Values => ((ReadOnlySpan<long>)_values)[..Rank];

        public long this[int index]
        {
            readonly get => Values[index];
            set => Span[index] = value;
        }

        /// <summary>Product of the sizes; 1 for a scalar.</summary>
        public readonly long Count
        {
            get
            {
                var count = 1L;
                foreach (var size in Values)
                    count *= size;
                return count;
            }
        }

        /// <summary>Row-major strides of these sizes.</summary>
        public readonly Dims RowMajor()
        {
            Dims strides = default;
            strides.Rank = Rank;
            var stride = 1L;
            for (var i = Rank - 1; i >= 0; i--)
            {
                strides[i] = stride;
                stride *= Math.Max(Values[i], 1);
            }
            return strides;
        }

        public void Add(long value)
        {
            if (Rank == MaxRank)
                throw new NotSupportedException($"This engine has tensors of at most {MaxRank} dimensions.");
            Rank++;
            Span[^1] = value;
        }

        public void Insert(int index, long value)
        {
            Add(value);
            for (var i = Rank - 1; i > index; i--)
                this[i] = this[i - 1];
            this[index] = value;
        }

        public void RemoveAt(int index)
        {
            for (var i = index; i < Rank - 1; i++)
                this[i] = this[i + 1];
            Rank--;
        }

        public readonly bool Same(in Dims other) => Values.SequenceEqual(other.Values);

        public readonly long[] ToArray() => Values.ToArray();

        /// <summary>As PyTorch writes a shape: [2, 3].</summary>
        public override readonly string ToString() => $"[{string.Join(", ", ToArray())}]";

        /// <summary>Index of a dimension counted from the front or, when negative, from the back.</summary>
        public readonly int Dimension(long dim) => Dimension(dim, Rank);

        public static int Dimension(long dim, int rank)
        {
            var limit = Math.Max(rank, 1);
            if (dim < -limit || dim >= limit)
                throw new ArgumentOutOfRangeException(nameof(dim), $"Dimension out of range (expected to be in range of [{-limit}, {limit - 1}], but got {dim})");
            return (int)(dim < 0 ? dim + limit : dim);
        }

        [InlineArray(MaxRank)]
        private struct Longs
        {
            private long _first;
        }
    }
}
