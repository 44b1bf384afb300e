namespace VitLab.Torch
{
    /// <summary>The dialect's root: tensors, creation, grad mode and random numbers, spelled as TorchSharp spells them.</summary>
    public static partial class torch
    {
        public sealed partial class Tensor;

        /// <summary>Layers, losses and parameters.</summary>
        public static partial class nn
        {
            public abstract partial class Module;
        }
    }
}

namespace VitLab.Torch.Modules
{
    internal static class Placeholder;
}
