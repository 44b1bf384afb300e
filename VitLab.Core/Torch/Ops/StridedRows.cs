using VitLab.Torch.Tensors;

namespace VitLab.Torch.Ops
{
    /// <summary>
    /// Walks up to three operands over one shape, row by row: dimensions that lie evenly in memory in all operands are merged first, so a
    /// contiguous tensor is a single row and a bias is one row per token.
    /// </summary>
    internal struct StridedRows
    {
        private Dims _sizes;
        private Dims _a;
        private Dims _b;
        private Dims _c;
        private Dims _index;
        private bool _isStarted;

        public StridedRows(in Dims shape, in Dims a, in Dims b, in Dims c = default)
        {
            var hasC = c.Rank == shape.Rank;
            Length = 1;
            for (var i = 0; i < shape.Rank; i++)
            {
                var size = shape[i];
                if (size == 1)
                    continue;
                var (x, y, z) = (a[i], b[i], hasC ? c[i] : 0);
                var last = _sizes.Last;
                if (last >= 0 && _a[last] == size * x && _b[last] == size * y && _c[last] == size * z)
                {
                    _sizes[last] *= size;
                    (_a[last], _b[last], _c[last]) = (x, y, z);
                }
                else
                {
                    _sizes.Add(size);
                    _a.Add(x);
                    _b.Add(y);
                    _c.Add(z);
                }
            }
            if (_sizes.Rank > 0)
            {
                var last = _sizes.Last;
                (Length, StrideA, StrideB, StrideC) = ((int)_sizes[last], (int)_a[last], (int)_b[last], (int)_c[last]);
                _sizes.RemoveAt(last);
            }
            for (var i = 0; i < _sizes.Rank; i++)
                _index.Add(0);
            if (shape.Count == 0)
                _isStarted = _isDone = true;
        }

        /// <summary>Elements of a row, and how far apart they lie in each operand.</summary>
        public int Length { get; }

        public int StrideA { get; }

        public int StrideB { get; }

        public int StrideC { get; }

        /// <summary>Where the current row starts.</summary>
        public int A { get; private set; }

        public int B { get; private set; }

        public int C { get; private set; }

        private readonly bool _isDone;

        public bool MoveNext()
        {
            if (!_isStarted)
            {
                _isStarted = true;
                return true;
            }
            if (_isDone)
                return false;
            for (var i = _sizes.Last; i >= 0; i--)
            {
                A += (int)_a[i];
                B += (int)_b[i];
                C += (int)_c[i];
                if (++_index[i] < _sizes[i])
                    return true;
                A -= (int)(_a[i] * _sizes[i]);
                B -= (int)(_b[i] * _sizes[i]);
                C -= (int)(_c[i] * _sizes[i]);
                _index[i] = 0;
            }
            return false;
        }
    }
}
