namespace VitLab.Kernels;

/// <summary>
/// Per row, with target t, smoothing ε and class weights w:
/// loss = −(1 − ε) w[t] log p[t] − ε/C Σ w[c] log p[c], p = softmax(logits). Saves p; a row whose target is the ignored index has loss 0 and no gradient.
/// </summary>
public static class CrossEntropyKernel
{
    /// <param name="logits">(rows, classes).</param>
    /// <param name="targets">(rows), each in 0..classes-1 or <paramref name="ignoreIndex"/>.</param>
    /// <param name="weight">(classes), or empty for ones.</param>
    /// <param name="p">(rows, classes), the softmax, saved for backward.</param>
    /// <param name="losses">(rows).</param>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither a class nor the ignored index.</exception>
    public static void Forward(ReadOnlySpan<float> logits, ReadOnlySpan<long> targets, ReadOnlySpan<float> weight, Span<float> p, Span<float> losses,
        int rows, int classes, long ignoreIndex, float labelSmoothing)
    {
        SoftmaxKernel.Forward(logits, p, rows, classes);
        for (var i = 0; i < rows; i++)
        {
            losses[i] = 0;
            if (targets[i] == ignoreIndex) continue;
            if ((ulong)targets[i] >= (ulong)classes)
                throw new ArgumentOutOfRangeException(nameof(targets), $"Target {targets[i]} of row {i} is not a class: expected 0..{classes - 1} or the ignored index {ignoreIndex}.");
            var x = logits.Slice(i * classes, classes);
            var max = float.NegativeInfinity;
            var sum = 0f;
            foreach (var s in x) max = Math.Max(max, s);
            foreach (var s in x) sum += MathF.Exp(s - max);
            var log = max + MathF.Log(sum);
            var t = (int)targets[i];
            var loss = (1 - labelSmoothing) * (weight.IsEmpty ? 1 : weight[t]) * (log - x[t]);
            for (var c = 0; c < classes && labelSmoothing > 0; c++) loss += labelSmoothing / classes * (weight.IsEmpty ? 1 : weight[c]) * (log - x[c]);
            losses[i] = loss;
        }
    }

    /// <summary>dlogits from the saved softmax and the gradient of each row's loss.</summary>
    /// <param name="dlosses">(rows).</param>
    public static void Backward(ReadOnlySpan<float> p, ReadOnlySpan<long> targets, ReadOnlySpan<float> weight, ReadOnlySpan<float> dlosses, Span<float> dlogits,
        int rows, int classes, long ignoreIndex, float labelSmoothing, bool accumulate)
    {
        var total = 0f;
        for (var c = 0; c < classes; c++) total += weight.IsEmpty ? 1 : weight[c];
        for (var i = 0; i < rows; i++)
        {
            var ignored = targets[i] == ignoreIndex;
            var t = ignored ? 0 : (int)targets[i];
            var hard = (1 - labelSmoothing) * (weight.IsEmpty ? 1 : weight[t]);
            for (var c = 0; c < classes; c++)
            {
                var at = i * classes + c;
                var g = hard * (p[at] - (c == t ? 1 : 0)) + labelSmoothing / classes * (p[at] * total - (weight.IsEmpty ? 1 : weight[c]));
                g = ignored ? 0 : g * dlosses[i];
                dlogits[at] = accumulate ? dlogits[at] + g : g;
            }
        }
    }
}
