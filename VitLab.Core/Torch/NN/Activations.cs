using VitLab.Torch.Ops;

namespace VitLab.Torch.Modules
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    public sealed class Sigmoid : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.sigmoid();
    }

    /// <summary>Hyperbolic tangent.</summary>
    public sealed class Tanh : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Tanh()
            : base(nameof(Tanh))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.tanh();
    }

    /// <summary>x · sigmoid(x).</summary>
    public sealed class SiLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal SiLU()
            : base(nameof(SiLU))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.silu(tensor);
    }

    /// <summary>Hands its input on.</summary>
    public sealed class Identity : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Identity()
            : base(nameof(Identity))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.alias();
    }

    /// <summary>Merges a range of dimensions into one.</summary>
    public sealed class Flatten : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly (long First, long Last) _range;

        internal Flatten(long start_dim, long end_dim)
            : base(nameof(Flatten)) => _range = (start_dim, end_dim);

        public override torch.Tensor forward(torch.Tensor input) => input.flatten(_range.First, _range.Last);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sigmoid Sigmoid() => new();

            public static Tanh Tanh() => new();

            public static SiLU SiLU() => new();

            public static Identity Identity() => new();

            /// <param name="start_dim">First dimension to merge; 1 keeps the batch.</param>
            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

            public static partial class functional
            {
                public static Tensor sigmoid(Tensor x) => x.sigmoid();

                public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.InPlaceOrNew("tanh", x.tanh()) : x.tanh();

                public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.InPlaceOrNew("silu", Functions.Silu.Apply(x)) : Functions.Silu.Apply(x);
            }
        }
    }
}
