using VitLab.Kernels;
using VitLab.Torch.Memory;

namespace VitLab.Torch.Autograd
{
    /// <summary>
    /// Where gradients of one buffer meet: shared by a tensor and all its views. The gradient buffer mirrors the data buffer element by
    /// element, so a view's gradient is the same window onto it.
    /// </summary>
    internal sealed class Variable
    {
        private int _owners;

        /// <summary>The op that made the data; null for a leaf.</summary>
        public GradNode? Node { get; set; }

        /// <summary>A backward pass went through here and let the graph go.</summary>
        public bool IsGraphFreed { get; set; }

        public DataBuffer? Gradient { get; private set; }

        /// <summary>Keep the gradient of a result after backward (retain_grad).</summary>
        public bool RetainsGradient { get; set; }

        public bool IsLeaf => Node is null && !IsGraphFreed;

        public static Variable New()
        {
            var variable = ObjectPool<Variable>.Take();
            variable._owners = 1;
            variable.IsGraphFreed = false;
            variable.RetainsGradient = false;
            return variable;
        }

        public void Retain() => Interlocked.Increment(ref _owners);

        public void Release()
        {
            if (Interlocked.Decrement(ref _owners) != 0)
                return;
            ClearGradient();
            var node = Node;
            Node = null;
            node?.Free();
            ObjectPool<Variable>.Return(this);
        }

        /// <summary>Takes over the caller's ownership of the buffer.</summary>
        public void SetGradient(DataBuffer gradient)
        {
            ClearGradient();
            gradient.GradientOwners++;
            Gradient = gradient;
        }

        public void ClearGradient()
        {
            if (Gradient is not { } gradient)
                return;
            Gradient = null;
            gradient.GradientOwners--;
            gradient.Release();
        }

        /// <summary>
        /// The gradient buffer, ready to be written. <paramref name="accumulate"/> comes back true when the writer must add: something is
        /// there already, or the writer does not cover everything and the rest was set to 0.
        /// </summary>
        public Span<float> WritableGradient(DataBuffer data, bool coversAll, out bool accumulate)
        {
            accumulate = true;
            if (Gradient is null)
            {
                SetGradient(DataBuffer.Rent(data.Length));
                if (coversAll)
                    accumulate = false;
                else
                    Gradient!.AsSpan<float>().Clear();
            }
            else if (Gradient.GradientOwners > 1)
            {
                var copy = DataBuffer.Rent(data.Length);
                ElementwiseKernel.Copy(Gradient.AsSpan<float>(), copy.AsSpan<float>());
                SetGradient(copy);
            }
            return Gradient!.AsSpan<float>();
        }
    }
}
