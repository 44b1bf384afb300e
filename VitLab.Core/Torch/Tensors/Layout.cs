namespace VitLab.Torch.Tensors
{
    /// <summary>Questions about sizes and strides.</summary>
    internal static class Layout
    {
        public static bool IsContiguous(in Dims shape, in Dims strides)
        {
            var expected = 1L;
            for (var i = shape.Rank - 1; i >= 0; i--)
            {
                if (shape[i] == 1)
                    continue;
                if (strides[i] != expected)
                    return false;
                expected *= shape[i];
            }
            return true;
        }

        /// <summary>Whether every element of a gap-free block is met exactly once, in whatever order (a permuted contiguous tensor).</summary>
        public static bool IsDense(in Dims shape, in Dims strides)
        {
            Span<int> order = stackalloc int[Dims.MaxRank];
            var rank = 0;
            for (var i = 0; i < shape.Rank; i++)
            {
                if (shape[i] == 1)
                    continue;
                var at = rank++;
                while (at > 0 && strides[order[at - 1]] > strides[i])
                {
                    order[at] = order[at - 1];
                    at--;
                }
                order[at] = i;
            }
            var expected = 1L;
            foreach (var i in order[..rank])
            {
                if (strides[i] != expected)
                    return false;
                expected *= shape[i];
            }
            return true;
        }

        /// <summary>Whether elements share memory (an expanded tensor).</summary>
        public static bool Overlaps(in Dims shape, in Dims strides)
        {
            for (var i = 0; i < shape.Rank; i++)
                if (shape[i] > 1 && strides[i] == 0)
                    return true;
            return false;
        }

        /// <summary>The shape two tensors broadcast to.</summary>
        public static Dims Broadcast(in Dims a, in Dims b)
        {
            var rank = Math.Max(a.Rank, b.Rank);
            Dims shape = default;
            for (var i = 0; i < rank; i++)
            {
                var x = i < rank - a.Rank ? 1 : a[i - (rank - a.Rank)];
                var y = i < rank - b.Rank ? 1 : b[i - (rank - b.Rank)];
                if (x != y && x != 1 && y != 1)
                    throw new InvalidOperationException($"The size of tensor a ({x}) must match the size of tensor b ({y}) at non-singleton dimension {i}; the shapes are {a} and {b}.");
                shape.Add(x == 1 ? y : x);
            }
            return shape;
        }

        /// <summary>Strides that read a tensor of <paramref name="from"/> as one of <paramref name="to"/>, repeating where it has size 1.</summary>
        public static Dims Expand(in Dims from, in Dims strides, in Dims to)
        {
            var lead = to.Rank - from.Rank;
            if (lead < 0)
                throw new InvalidOperationException($"The expanded size {to} must have at least as many dimensions as {from}.");
            Dims result = default;
            for (var i = 0; i < to.Rank; i++)
            {
                if (i < lead || from[i - lead] == 1 && to[i] != 1)
                    result.Add(0);
                else if (from[i - lead] == to[i])
                    result.Add(strides[i - lead]);
                else
                    throw new InvalidOperationException($"The expanded size {to} must match the existing size {from} at non-singleton dimension {i}.");
            }
            return result;
        }

        /// <summary>Strides of the same elements under another shape, or false when no view can show them so.</summary>
        public static bool TryReshape(in Dims from, in Dims strides, in Dims to, out Dims result)
        {
            result = to.RowMajor();
            if (from.Count == 0 || IsContiguous(from, strides))
                return true;
            // Walk both shapes from the back; a run of old dimensions that lies evenly in memory can be cut into new ones.
            var target = to.Rank - 1;
            var i = from.Rank - 1;
            while (i >= 0)
            {
                if (from[i] == 1)
                {
                    i--;
                    continue;
                }
                var stride = strides[i];
                var run = from[i--];
                for (; i >= 0 && (from[i] == 1 || strides[i] == run * stride); i--)
                    run *= from[i];
                for (; target >= 0 && (run > 1 || to[target] == 1); target--)
                {
                    if (run % to[target] != 0)
                        return false;
                    result[target] = stride;
                    stride *= to[target];
                    run /= to[target];
                }
                if (run != 1)
                    return false;
            }
            while (target >= 0 && to[target] == 1)
                result[target--] = 1;
            return target < 0;
        }
    }
}
