using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>
/// Per row, with target t, smoothing ε and class weights w:
/// loss = −(1 − ε) w[t] log p[t] − ε/C Σ w[c] log p[c], p = softmax(logits). Saves p; a row whose target is the ignored index has loss 0 and no gradient.
/// </summary>
public static unsafe class CrossEntropyKernel
{
    private const int Cost = 40;

    /// <param name="logits">(rows, classes).</param>
    /// <param name="targets">(rows), each in 0..classes-1 or <paramref name="ignoreIndex"/>.</param>
    /// <param name="weight">(classes), or empty for ones.</param>
    /// <param name="p">(rows, classes), the softmax, saved for backward.</param>
    /// <param name="losses">(rows).</param>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither a class nor the ignored index.</exception>
    public static void Forward(ReadOnlySpan<float> logits, ReadOnlySpan<long> targets, ReadOnlySpan<float> weight, Span<float> p, Span<float> losses,
        int rows, int classes, long ignoreIndex, float labelSmoothing)
    {
        Spans.Need(logits.Length, (long)rows * classes, nameof(logits));
        Spans.Need(p.Length, (long)rows * classes, nameof(p));
        Spans.Need(losses.Length, rows, nameof(losses));
        Check(targets, weight, rows, classes, ignoreIndex);
        fixed (float* plogits = logits, pweight = weight, pp = p, plosses = losses)
        fixed (long* ptargets = targets)
        {
            var job = new ForwardJob { Logits = plogits, Targets = ptargets, Weight = pweight, P = pp, Losses = plosses, Rows = rows, Classes = classes, IgnoreIndex = ignoreIndex, Smoothing = labelSmoothing };
            Workers.Run(Workers.PartsFor((long)rows * classes * Cost, rows), ref job);
        }
    }

    /// <summary>dlogits from the saved softmax and the gradient of each row's loss.</summary>
    /// <param name="dlosses">(rows).</param>
    public static void Backward(ReadOnlySpan<float> p, ReadOnlySpan<long> targets, ReadOnlySpan<float> weight, ReadOnlySpan<float> dlosses, Span<float> dlogits,
        int rows, int classes, long ignoreIndex, float labelSmoothing, bool accumulate)
    {
        Spans.Need(p.Length, (long)rows * classes, nameof(p));
        Spans.Need(dlogits.Length, (long)rows * classes, nameof(dlogits));
        Spans.Need(dlosses.Length, rows, nameof(dlosses));
        Check(targets, weight, rows, classes, ignoreIndex);
        var totalWeight = 0f;
        for (var c = 0; c < classes; c++) totalWeight += weight.IsEmpty ? 1 : weight[c];
        fixed (float* pp = p, pweight = weight, pdlosses = dlosses, pdlogits = dlogits)
        fixed (long* ptargets = targets)
        {
            var job = new BackwardJob
            {
                P = pp, Targets = ptargets, Weight = pweight, Dlosses = pdlosses, Dlogits = pdlogits, Rows = rows, Classes = classes, IgnoreIndex = ignoreIndex,
                Smoothing = labelSmoothing, TotalWeight = totalWeight, Accumulate = accumulate,
            };
            Workers.Run(Workers.PartsFor((long)rows * classes * Cost / 4, rows), ref job);
        }
    }

    private static void Check(ReadOnlySpan<long> targets, ReadOnlySpan<float> weight, int rows, int classes, long ignoreIndex)
    {
        Spans.Need(targets.Length, rows, nameof(targets));
        Spans.NeedOrNone(weight.Length, classes, nameof(weight));
        for (var i = 0; i < rows; i++)
            if ((ulong)targets[i] >= (ulong)classes && targets[i] != ignoreIndex)
                throw new ArgumentOutOfRangeException(nameof(targets), $"Target {targets[i]} of row {i} is not a class: expected 0..{classes - 1} or the ignored index {ignoreIndex}.");
    }

    private struct ForwardJob : IParts
    {
        public float* Logits, Weight, P, Losses;
        public long* Targets;
        public int Rows, Classes;
        public long IgnoreIndex;
        public float Smoothing;

        [MethodImpl(Hot.Loop)]
        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var share = Split.Of(Rows, part, parts, 1);
            for (nint i = share.First; i < share.End; i++)
            {
                float* x = Logits + i * Classes, p = P + i * Classes;
                var max = SoftmaxKernel.Largest<T>(x, Classes);
                var sum = SoftmaxKernel.Exponentials<T>(x, p, Classes, max);
                var factor = 1 / sum;
                for (var c = 0; c < Classes; c++) p[c] *= factor;
                Losses[i] = Targets[i] == IgnoreIndex ? 0 : Loss(x, (int)Targets[i], max, MathF.Log(sum));
            }
        }

        // −log p[c] = log Σ exp(x − max) − (x[c] − max): no logarithm of a probability that rounded to 0.
        private readonly float Loss(float* x, int target, float max, float log)
        {
            var loss = (1 - Smoothing) * (Weight == null ? 1 : Weight[target]) * (log - (x[target] - max));
            if (Smoothing == 0) return loss;
            var all = 0f;
            for (var c = 0; c < Classes; c++) all += (Weight == null ? 1 : Weight[c]) * (log - (x[c] - max));
            return loss + Smoothing / Classes * all;
        }
    }

    private struct BackwardJob : IParts
    {
        public float* P, Weight, Dlosses, Dlogits;
        public long* Targets;
        public int Rows, Classes;
        public long IgnoreIndex;
        public float Smoothing, TotalWeight;
        public bool Accumulate;

        [MethodImpl(Hot.Loop)]
        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var share = Split.Of(Rows, part, parts, 1);
            for (nint i = share.First; i < share.End; i++)
            {
                float* p = P + i * Classes, dlogits = Dlogits + i * Classes;
                if (Targets[i] == IgnoreIndex)
                {
                    if (!Accumulate) new Span<float>(dlogits, Classes).Clear();
                    continue;
                }
                // The loss is −Σ a[c] log p[c], so its gradient is p Σ a − a.
                var target = (int)Targets[i];
                var soft = Smoothing / Classes;
                var hard = (1 - Smoothing) * (Weight == null ? 1 : Weight[target]);
                var sum = hard + soft * TotalWeight;
                for (var c = 0; c < Classes; c++)
                {
                    var a = soft * (Weight == null ? 1 : Weight[c]) + (c == target ? hard : 0);
                    var g = Dlosses[i] * (p[c] * sum - a);
                    dlogits[c] = Accumulate ? dlogits[c] + g : g;
                }
            }
        }
    }
}
