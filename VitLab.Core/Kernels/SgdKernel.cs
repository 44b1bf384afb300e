namespace VitLab.Kernels;

/// <summary>Stochastic gradient descent with momentum as PyTorch defines it: buf = μ buf + (1 − dampening) g; w −= lr · buf (Nesterov: g + μ buf).</summary>
public static class SgdKernel
{
    /// <summary>One update, in place.</summary>
    /// <param name="momentumBuffer">The parameter's length, or empty without momentum.</param>
    /// <param name="first">The buffer holds nothing yet: it becomes g.</param>
    public static void Step(Span<float> w, ReadOnlySpan<float> g, Span<float> momentumBuffer, float lr, float momentum, float dampening, float weightDecay, bool nesterov, bool first)
    {
        for (var i = 0; i < w.Length; i++)
        {
            var t = g[i] + weightDecay * w[i];
            if (!momentumBuffer.IsEmpty)
            {
                var buffer = first ? t : momentum * momentumBuffer[i] + (1 - dampening) * t;
                momentumBuffer[i] = buffer;
                t = nesterov ? t + momentum * buffer : buffer;
            }
            w[i] -= lr * t;
        }
    }
}
