namespace VitLab.Kernels.Reference;

/// <summary>Double-precision twins of <see cref="AdamKernel"/> and <see cref="SgdKernel"/>.</summary>
public static class OptimizerReference
{
    /// <summary>As <see cref="AdamKernel.Step"/>.</summary>
    public static void Adam(Span<double> w, ReadOnlySpan<double> g, Span<double> m, Span<double> v, double lr, double beta1, double beta2, double eps, double weightDecay, bool decoupled, long step)
    {
        for (var i = 0; i < w.Length; i++)
        {
            var t = decoupled ? g[i] : g[i] + weightDecay * w[i];
            if (decoupled) w[i] *= 1 - lr * weightDecay;
            m[i] = beta1 * m[i] + (1 - beta1) * t;
            v[i] = beta2 * v[i] + (1 - beta2) * t * t;
            w[i] -= lr * m[i] / (1 - Math.Pow(beta1, step)) / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, step))) + eps);
        }
    }

    /// <summary>As <see cref="SgdKernel.Step"/>.</summary>
    public static void Sgd(Span<double> w, ReadOnlySpan<double> g, Span<double> buffer, double lr, double momentum, double dampening, double weightDecay, bool nesterov, bool first)
    {
        for (var i = 0; i < w.Length; i++)
        {
            var t = g[i] + weightDecay * w[i];
            if (!buffer.IsEmpty)
            {
                buffer[i] = first ? t : momentum * buffer[i] + (1 - dampening) * t;
                t = nesterov ? t + momentum * buffer[i] : buffer[i];
            }
            w[i] -= lr * t;
        }
    }
}
