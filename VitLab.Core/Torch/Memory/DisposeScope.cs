using VitLab.Torch.Memory;

namespace VitLab.Torch.Memory
{
    /// <summary>The open dispose scopes of this thread, innermost last.</summary>
    internal static class DisposeScopes
    {
        [ThreadStatic]
        private static DisposeScope? s_current;

        public static DisposeScope? Current
        {
            get => s_current;
            set => s_current = value;
        }
    }
}

namespace VitLab.Torch
{
    /// <summary>
    /// Collects the tensors that a thread makes while it is the innermost scope; disposing it hands their memory back to the pool. Belongs to
    /// the thread that opened it.
    /// </summary>
    public sealed class DisposeScope : IDisposable
    {
        private List<torch.Tensor?> _tensors = null!;
        private bool _isOpen = true;

        internal DisposeScope()
        {
            _tensors = ObjectPool<List<torch.Tensor?>>.Take();
            OuterScope = DisposeScopes.Current;
            DisposeScopes.Current = this;
        }

        internal DisposeScope? OuterScope { get; }

        /// <summary>Tensors that would be disposed now.</summary>
        public int DisposablesCount => _tensors.Count(tensor => tensor is not null);

        /// <summary>Lets a tensor outlive this scope, in the next outer one.</summary>
        public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

        public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
            where T1 : IDisposable
            where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

        public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
        {
            if (disposable is torch.Tensor tensor)
            {
                tensor.Scope?.Forget(tensor);
                scope?.Add(tensor);
            }
            return disposable;
        }

        /// <summary>Lets a tensor outlive all scopes.</summary>
        public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

        public void Attach(IDisposable disposable) => MoveToOther(this, disposable);

        public void DisposeEverything()
        {
            foreach (var tensor in _tensors)
                tensor?.DisposeByScope();
            _tensors.Clear();
        }

        /// <summary>Disposes all tensors of the scope but one.</summary>
        public T DisposeEverythingBut<T>(T keep) where T : IDisposable
        {
            var owned = keep is torch.Tensor tensor && ReferenceEquals(tensor.Scope, this);
            if (owned)
                Detach(keep);
            DisposeEverything();
            if (owned)
                Attach(keep);
            return keep;
        }

        public void Dispose()
        {
            if (!_isOpen)
                return;
            _isOpen = false;
            DisposeEverything();
            if (ReferenceEquals(DisposeScopes.Current, this))
                DisposeScopes.Current = OuterScope;
            ObjectPool<List<torch.Tensor?>>.Return(_tensors);
            _tensors = [];
        }

        public bool Contains(IDisposable disposable) => disposable is torch.Tensor tensor && ReferenceEquals(tensor.Scope, this);

        internal void Add(torch.Tensor tensor)
        {
            tensor.Scope = this;
            tensor.ScopeSlot = _tensors.Count;
            _tensors.Add(tensor);
        }

        internal void Forget(torch.Tensor tensor)
        {
            _tensors[tensor.ScopeSlot] = null;
            tensor.Scope = null;
        }

        internal void Replace(torch.Tensor former, torch.Tensor tensor)
        {
            _tensors[former.ScopeSlot] = tensor;
            tensor.Scope = this;
            tensor.ScopeSlot = former.ScopeSlot;
            former.Scope = null;
        }
    }

    public static partial class torch
    {
        /// <summary>Opens a scope on this thread: <c>using var scope = torch.NewDisposeScope();</c> around a step.</summary>
        public static DisposeScope NewDisposeScope() => new();

        /// <summary>Evaluates an expression in a scope of its own and keeps only the result.</summary>
        public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
        {
            using var scope = NewDisposeScope();
            return expr().MoveToOuterDisposeScope();
        }
    }
}
