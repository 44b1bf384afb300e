using VitLab.Kernels;
using VitLab.Torch.Tensors;

namespace VitLab.Torch.Ops
{
    /// <summary>y[i] = a[i] b[i] over broadcast batch dimensions: one GEMM call for evenly spaced matrices, one per matrix otherwise.</summary>
    internal readonly struct BatchedProduct
    {
        private readonly Dims _batch;
        private readonly Dims _a;
        private readonly Dims _b;
        private readonly Dims _y;
        private readonly MatrixLayout _aLayout;
        private readonly MatrixLayout _bLayout;
        private readonly int _m;
        private readonly int _n;
        private readonly int _k;

        public BatchedProduct(TensorCore a, MatrixLayout aLayout, TensorCore b, MatrixLayout bLayout, in Dims shape)
        {
            _batch = torch.Tensor.BatchOf(shape);
            _a = Layout.Expand(torch.Tensor.BatchOf(a.Shape), torch.Tensor.BatchOf(a.Strides), _batch);
            _b = Layout.Expand(torch.Tensor.BatchOf(b.Shape), torch.Tensor.BatchOf(b.Strides), _batch);
            _y = torch.Tensor.BatchOf(shape.RowMajor());
            (_aLayout, _bLayout) = (aLayout, bLayout);
            (_m, _n, _k) = ((int)shape[shape.Last - 1], (int)shape[shape.Last], (int)a.Shape[a.Shape.Last]);
        }

        /// <summary>Whether one matrix of a serves several products, so that its gradient is a sum.</summary>
        public bool BroadcastsA => Layout.Overlaps(_batch, _a);

        public bool BroadcastsB => Layout.Overlaps(_batch, _b);

        public void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
        {
            var rows = new StridedRows(_batch, _a, _b, _y);
            while (rows.MoveNext())
                GemmKernel.MultiplyBatched(_aLayout.IsTransposed, _bLayout.IsTransposed, rows.Length, _m, _n, _k,
                    a[rows.A..], _aLayout.LeadingDimension, rows.StrideA, b[rows.B..], _bLayout.LeadingDimension, rows.StrideB, y[rows.C..], _n, rows.StrideC, accumulate: false);
        }

        /// <summary>da = dy bᵀ, in a's own layout.</summary>
        public void BackwardA(ReadOnlySpan<float> b, ReadOnlySpan<float> dy, Span<float> da, bool accumulate)
        {
            var rows = new StridedRows(_batch, _a, _b, _y);
            while (rows.MoveNext())
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    var (to, right, g) = (rows.A + i * rows.StrideA, rows.B + i * rows.StrideB, rows.C + i * rows.StrideC);
                    if (_aLayout.IsTransposed)
                        GemmKernel.Multiply(_bLayout.IsTransposed, true, _k, _m, _n, b[right..], _bLayout.LeadingDimension, dy[g..], _n, da[to..], _aLayout.LeadingDimension, accumulate);
                    else
                        GemmKernel.Multiply(false, !_bLayout.IsTransposed, _m, _k, _n, dy[g..], _n, b[right..], _bLayout.LeadingDimension, da[to..], _aLayout.LeadingDimension, accumulate);
                }
            }
        }

        /// <summary>db = aᵀ dy, in b's own layout.</summary>
        public void BackwardB(ReadOnlySpan<float> a, ReadOnlySpan<float> dy, Span<float> db, bool accumulate)
        {
            var rows = new StridedRows(_batch, _a, _b, _y);
            while (rows.MoveNext())
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    var (left, to, g) = (rows.A + i * rows.StrideA, rows.B + i * rows.StrideB, rows.C + i * rows.StrideC);
                    if (_bLayout.IsTransposed)
                        GemmKernel.Multiply(true, _aLayout.IsTransposed, _n, _k, _m, dy[g..], _n, a[left..], _aLayout.LeadingDimension, db[to..], _bLayout.LeadingDimension, accumulate);
                    else
                        GemmKernel.Multiply(!_aLayout.IsTransposed, false, _k, _n, _m, a[left..], _aLayout.LeadingDimension, dy[g..], _n, db[to..], _bLayout.LeadingDimension, accumulate);
                }
            }
        }
    }
}
