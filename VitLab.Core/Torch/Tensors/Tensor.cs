using VitLab.Torch.Memory;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>
        /// An n-dimensional array that remembers how it was made, so that gradients can flow back. A handle: disposing it (by hand or by
        /// scope) hands its memory back once no view and no graph needs it.
        /// </summary>
        public partial class Tensor : IDisposable
        {
            private TensorCore? _core;

            /// <summary>Takes over the caller's ownership of the core and joins the current dispose scope.</summary>
            internal Tensor(TensorCore core)
            {
                _core = core;
                DisposeScopes.Current?.Add(this);
            }

            private protected Tensor(Tensor data)
            {
                _core = data.Core;
                data._core = null;
                data.Scope?.Replace(data, this);
            }

            internal DisposeScope? Scope { get; set; }

            internal int ScopeSlot { get; set; }

            internal TensorCore Core => _core ?? throw new InvalidOperationException("Tensor invalid -- empty handle. It was disposed, by hand or with its scope.");

            internal bool IsDisposed => _core is null;

            /// <summary>Sizes of all dimensions.</summary>
            public long[] shape => Core.Shape.ToArray();

            public ScalarType dtype => Core.Dtype;

            public Device device => CPU;

            public long ndim => Core.Shape.Rank;

            public long Dimensions => Core.Shape.Rank;

            public long NumberOfElements => Core.Count;

            public bool IsInvalid => _core is null;

            public bool is_leaf => Core.Variable is null || Core.Variable.IsLeaf && !Core.SharesVariable;

            public long[] size() => shape;

            public long size(int dim) => Core.Shape[Core.Shape.Dimension(dim)];

            public long numel() => Core.Count;

            public long dim() => Core.Shape.Rank;

            public long[] stride() => Core.Strides.ToArray();

            public long stride(int dim) => Core.Strides[Core.Shape.Dimension(dim)];

            public long storage_offset() => Core.Offset;

            public long element_size() => Core.Dtype.Size();

            public bool is_contiguous() => Core.IsContiguous;

            public bool is_floating_point() => Core.Dtype.IsFloating();

            public override string ToString() => _core is null ? "Tensor (disposed)" : $"{Core.Shape}, type = {Core.Dtype}, device = cpu";

            public override bool Equals(object? obj) => ReferenceEquals(this, obj);

            public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

            public void Dispose()
            {
                Scope?.Forget(this);
                DisposeByScope();
                GC.SuppressFinalize(this);
            }

            /// <summary>Lets the tensor outlive the current scope, in the next outer one.</summary>
            public Tensor MoveToOuterDisposeScope() => Scope is { } scope ? scope.MoveToOuter(this) : this;

            /// <summary>Lets the tensor outlive all scopes.</summary>
            public Tensor DetachFromDisposeScope() => Scope is { } scope ? scope.Detach(this) : this;

            public Tensor MoveToOtherDisposeScope(DisposeScope? other)
            {
                Scope?.Forget(this);
                other?.Add(this);
                return this;
            }

            internal void DisposeByScope()
            {
                Scope = null;
                var core = _core;
                _core = null;
                core?.Release();
            }

            /// <summary>Makes this handle point to what another one points to; the other ends up empty.</summary>
            internal Tensor TakeOver(Tensor other)
            {
                var core = other.Core;
                core.Retain();
                other.Dispose();
                _core!.Release();
                _core = core;
                return this;
            }

            internal static Tensor New(in Dims shape, ScalarType dtype = ScalarType.Float32) => new(TensorCore.New(shape, dtype));
        }
    }
}
