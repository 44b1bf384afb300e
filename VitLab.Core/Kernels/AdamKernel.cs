namespace VitLab.Kernels;

/// <summary>
/// m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; w −= lr · m̂ / (√v̂ + ε), hats being the bias corrections of step <c>step</c> (counted from 1).
/// Weight decay shrinks w by lr · decay first (AdamW, decoupled) or is added to g (Adam).
/// </summary>
public static class AdamKernel
{
    /// <summary>One update, in place. All spans have the parameter's length; g is left alone.</summary>
    public static void Step(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v, float lr, float beta1, float beta2, float eps, float weightDecay, bool decoupled, long step)
    {
        var c1 = (float)(lr / (1 - Math.Pow(beta1, step)));
        var c2 = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        for (var i = 0; i < w.Length; i++)
        {
            var t = g[i];
            if (decoupled) w[i] -= lr * weightDecay * w[i];
            else t += weightDecay * w[i];
            m[i] += (1 - beta1) * (t - m[i]);
            v[i] += (1 - beta2) * (t * t - v[i]);
            w[i] -= c1 * m[i] / (MathF.Sqrt(v[i]) * c2 + eps);
        }
    }
}
