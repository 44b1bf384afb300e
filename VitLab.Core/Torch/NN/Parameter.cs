namespace VitLab.Torch.Modules
{
    /// <summary>A tensor that a module learns. Takes over the source tensor, whose handle ends up empty.</summary>
    public sealed class Parameter : torch.Tensor
    {
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(data)
        {
            // An optimizer walks a parameter and its gradient from end to end, so it has memory of its own.
            if (Core.IsView || Core.Variable is { IsLeaf: false })
            {
                using var _ = torch.no_grad();
                TakeOver(clone());
            }
            requires_grad_(requires_grad);
        }
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
