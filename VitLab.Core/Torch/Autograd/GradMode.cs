using VitLab.Torch.Autograd;

namespace VitLab.Torch.Autograd
{
    /// <summary>Whether this thread records what it computes.</summary>
    internal static class GradMode
    {
        [ThreadStatic]
        private static bool s_disabled;

        public static bool Enabled
        {
            get => !s_disabled;
            set => s_disabled = !value;
        }

        /// <summary>Sets the mode now and the former one on dispose.</summary>
        public sealed class Switch : IDisposable
        {
            private readonly bool _former = Enabled;
            private bool _isDone;

            public Switch(bool enabled) => Enabled = enabled;

            public void Dispose()
            {
                if (!_isDone)
                    Enabled = _former;
                _isDone = true;
            }
        }
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>No gradients are recorded on this thread until the result is disposed.</summary>
        public static IDisposable no_grad() => new GradMode.Switch(enabled: false);

        public static IDisposable enable_grad(bool enabled = true) => new GradMode.Switch(enabled);

        public static IDisposable set_grad_enabled(bool mode = true) => new GradMode.Switch(mode);

        /// <summary>As <see cref="no_grad"/>; this engine makes no further difference.</summary>
        public static IDisposable inference_mode(bool mode = true) => new GradMode.Switch(!mode);

        public static bool is_grad_enabled() => GradMode.Enabled;
    }
}
