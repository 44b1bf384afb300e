using VitLab.Torch.Autograd;
using VitLab.Torch.Memory;

namespace VitLab.Torch.Tensors
{
    /// <summary>
    /// What a tensor handle points to: a window (sizes, strides, offset in elements) onto a buffer and, when gradients flow, onto a
    /// variable. A view shares both with its base, so its gradient lands where the base's gradient lives and views need no backward.
    /// Counted and pooled; the graph keeps the cores it needs when their handles are gone.
    /// </summary>
    internal sealed class TensorCore
    {
        private int _owners;

        public DataBuffer Data { get; private set; } = null!;

        public Variable? Variable { get; private set; }

        public torch.ScalarType Dtype { get; private set; }

        public Dims Shape;

        public Dims Strides;

        public long Offset { get; private set; }

        public long Count { get; private set; }

        /// <summary>Row-major without holes.</summary>
        public bool IsContiguous { get; private set; }

        /// <summary>Looks at memory that another tensor owns.</summary>
        public bool IsView { get; private set; }

        /// <summary>Was made as a view of something that gradients flow to, so it is no leaf itself.</summary>
        public bool SharesVariable { get; private set; }

        /// <summary>All elements, for a contiguous core.</summary>
        public Span<float> Floats => Span<float>();

        /// <summary>The buffer from this core's first element on, for strided access.</summary>
        public Span<float> FloatsFrom => Data.AsSpan<float>()[(int)Offset..];

        public Span<T> Span<T>() where T : unmanaged => Data.AsSpan<T>().Slice((int)Offset, (int)Count);

        public static TensorCore New(in Dims shape, torch.ScalarType dtype)
        {
            var core = ObjectPool<TensorCore>.Take();
            core.Shape = shape;
            core.Strides = shape.RowMajor();
            core.Offset = 0;
            core.Count = shape.Count;
            core.Dtype = dtype;
            core.IsContiguous = true;
            core.IsView = false;
            core.SharesVariable = false;
            core.Data = DataBuffer.Rent(core.Count * dtype.Size());
            core._owners = 1;
            return core;
        }

        /// <summary>Another window onto the same buffer; carries the variable along while gradients are recorded.</summary>
        public TensorCore View(in Dims shape, in Dims strides, long offset) => Alias(shape, strides, offset, GradMode.Enabled ? Variable : null);

        /// <summary>The same elements without their history.</summary>
        public TensorCore Detached() => Alias(Shape, Strides, Offset, variable: null);

        /// <summary>The gradient of this core's variable through this core's window.</summary>
        public TensorCore GradientWindow(DataBuffer gradient)
        {
            var core = Detached();
            gradient.Retain();
            core.Data.Release();
            core.Data = gradient;
            return core;
        }

        public void MakeVariable(Variable variable)
        {
            Variable?.Release();
            Variable = variable;
            SharesVariable = false;
        }

        public void DropVariable()
        {
            Variable?.Release();
            Variable = null;
        }

        public void Retain() => Interlocked.Increment(ref _owners);

        public void Release()
        {
            if (Interlocked.Decrement(ref _owners) != 0)
                return;
            var (data, variable) = (Data, Variable);
            Data = null!;
            Variable = null;
            data.Release();
            variable?.Release();
            ObjectPool<TensorCore>.Return(this);
        }

        private TensorCore Alias(in Dims shape, in Dims strides, long offset, Variable? variable)
        {
            var core = ObjectPool<TensorCore>.Take();
            core.Shape = shape;
            core.Strides = strides;
            core.Offset = offset;
            core.Count = shape.Count;
            core.Dtype = Dtype;
            core.IsContiguous = Layout.IsContiguous(shape, strides);
            core.IsView = true;
            Data.Retain();
            core.Data = Data;
            variable?.Retain();
            core.Variable = variable;
            core.SharesVariable = variable is not null;
            core._owners = 1;
            return core;
        }
    }
}
