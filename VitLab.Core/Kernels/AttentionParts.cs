using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>Attention's forward pass, one (batch, head) after the other.</summary>
internal unsafe struct AttentionForward : IParts
{
    public float* Q, K, V, Mask, Y, P;
    public HeadLayout Ql, Kl, Vl, Ml, Yl;
    public int Batch, Heads, Nq, Nk, D;
    public float Scale;
    public bool Causal, Drops;
    public DropoutMask Dropout;

    public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
    {
        // Heads of at most 8 or 4 dimensions fill narrower registers better.
        if (T.Width == 16 && D <= 4) Run<T, Lanes128>(part, parts);
        else if (T.Width == 16 && D <= 8) Run<T, Lanes256>(part, parts);
        else Run<T, T>(part, parts);
    }

    private readonly void Run<T, U>(int part, int parts) where T : unmanaged, ILanes<T> where U : unmanaged, ILanes<U>
    {
        int padded = GemmPanels.Padded<T>(Nk), paddedD = GemmPanels.Padded<U>(D);
        var keys = Scratch.Get(ScratchUse.Item, (long)padded * (D + Nq) + (long)Nk * paddedD);
        var scores = keys + (nint)padded * D;
        var values = scores + (nint)padded * Nq;
        var share = Split.Of(Batch * Heads, part, parts, 1);
        for (nint item = share.First; item < share.End; item++)
        {
            nint b = item / Heads, h = item % Heads;
            GemmPanels.Pack<T>(true, K + b * Kl.Batch + h * Kl.Head, Kl.Token, D, Nk, 0, Nk, keys);
            GemmSerial.Multiply<T>(Nq, Nk, D, Q + b * Ql.Batch + h * Ql.Head, Ql.Token, 1, new GemmPanels(keys, D, 0), 0, null, 0, scores, padded, room: padded);
            for (nint i = 0; i < Nq; i++)
            {
                var row = scores + i * padded;
                Softmax<T>(row, padded, Mask == null ? null : Mask + b * Ml.Batch + h * Ml.Head + i * Ml.Token, Causal ? Math.Min((int)i + 1, Nk) : Nk);
                var at = (item * Nq + i) * Nk;
                Copy<T>(row, P + at, Nk);
                if (Drops)
                    for (var j = 0; j < padded; j += T.Width) Dropout.Apply(T.Load(row + j), (uint)(at + j)).Store(row + j);
            }
            var panels = AttentionItem.Panels<U>(V + b * Vl.Batch + h * Vl.Head, Vl.Token, Nk, D, values);
            GemmSerial.Multiply<U>(Nq, D, Nk, scores, padded, 1, panels, 0, null, 0, Y + b * Yl.Batch + h * Yl.Head, Yl.Token, room: D);
        }
    }

    /// <summary>row = softmax(scale · row + mask) over its first <paramref name="visible"/> values, 0 in the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Softmax<T>(float* row, int padded, float* mask, int visible) where T : unmanaged, ILanes<T>
    {
        for (var j = visible; j < padded; j++) row[j] = float.NegativeInfinity;
        var largest = T.Create(float.NegativeInfinity);
        var scale = T.Create(Scale);
        if (mask != null)
        {
            var m = 0;
            for (; m <= visible - T.Width; m += T.Width) T.MultiplyAdd(T.Load(row + m), scale, T.Load(mask + m)).Store(row + m);
            for (; m < visible; m++) row[m] = float.MultiplyAddEstimate(row[m], Scale, mask[m]);
            scale = T.Create(1);
        }
        for (var j = 0; j < padded; j += T.Width)
        {
            var s = T.Load(row + j) * scale;
            s.Store(row + j);
            largest = T.Max(largest, s);
        }
        var max = largest.Largest();
        if (float.IsNegativeInfinity(max))
        {
            // Nothing to see, or nothing but NaN, which the search for the largest passes over and must not be lost.
            var any = false;
            for (var j = 0; j < visible; j++) any |= float.IsNaN(row[j]);
            new Span<float>(row, padded).Fill(any ? float.NaN : 0);
            return;
        }
        var sums = T.Create(0);
        for (var j = 0; j < padded; j += T.Width)
        {
            var e = LaneMath.ExpOfNegative(T.Load(row + j) - T.Create(max));
            e.Store(row + j);
            sums += e;
        }
        var factor = T.Create(1 / sums.Sum());
        for (var j = 0; j < padded; j += T.Width) (T.Load(row + j) * factor).Store(row + j);
    }

    private static void Copy<T>(float* from, float* to, int count) where T : unmanaged, ILanes<T>
    {
        var j = 0;
        for (; j <= count - T.Width; j += T.Width) T.Load(from + j).Store(to + j);
        for (; j < count; j++) to[j] = from[j];
    }
}

/// <summary>Attention's backward pass, one (batch, head) after the other. With P the probabilities, M the dropout mask (1/(1-p) or 0), G = dy vᵀ ∘ M:
/// dv = (P ∘ M)ᵀ dy, dS = P ∘ (G − row sums of G ∘ P) · scale, dq = dS k, dk = dSᵀ q.</summary>
internal unsafe struct AttentionBackward : IParts
{
    public float* Q, K, V, P, Dy, Dq, Dk, Dv;
    public HeadLayout Ql, Kl, Vl, Yl, Dql, Dkl, Dvl;
    public int Batch, Heads, Nq, Nk, D;
    public float Scale;
    public bool Drops, Accumulate;
    public DropoutMask Dropout;

    public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
    {
        if (T.Width == 16 && D <= 4) Run<T, Lanes128>(part, parts);
        else if (T.Width == 16 && D <= 8) Run<T, Lanes256>(part, parts);
        else Run<T, T>(part, parts);
    }

    private readonly void Run<T, U>(int part, int parts) where T : unmanaged, ILanes<T> where U : unmanaged, ILanes<U>
    {
        int padded = GemmPanels.Padded<T>(Nk), paddedD = GemmPanels.Padded<U>(D);
        var transposed = Scratch.Get(ScratchUse.Item, (long)padded * (D + 2 * Nq) + (long)Math.Max(Nq, Nk) * paddedD);
        var g = transposed + (nint)padded * D;
        var dropped = g + (nint)padded * Nq;
        var right = dropped + (nint)padded * Nq;
        var share = Split.Of(Batch * Heads, part, parts, 1);
        for (nint item = share.First; item < share.End; item++)
        {
            nint b = item / Heads, h = item % Heads;
            float* dy = Dy + b * Yl.Batch + h * Yl.Head, p = P + item * Nq * Nk;
            GemmPanels.Pack<T>(true, V + b * Vl.Batch + h * Vl.Head, Vl.Token, D, Nk, 0, Nk, transposed);
            GemmSerial.Multiply<T>(Nq, Nk, D, dy, Yl.Token, 1, new GemmPanels(transposed, D, 0), 0, null, 0, g, padded, room: padded);
            for (nint i = 0; i < Nq; i++) ScoreGradient<T>(p + i * Nk, g + i * padded, dropped + i * padded, (uint)((item * Nq + i) * Nk));

            if (Dv != null)
            {
                var dv = Dv + b * Dvl.Batch + h * Dvl.Head;
                var panels = AttentionItem.Panels<U>(dy, Yl.Token, Nq, D, right);
                GemmSerial.Multiply<U>(Nk, D, Nq, Drops ? dropped : p, 1, Drops ? padded : Nk, panels, 0, Accumulate ? dv : null, Dvl.Token, dv, Dvl.Token, room: D);
            }
            if (Dq != null)
            {
                var dq = Dq + b * Dql.Batch + h * Dql.Head;
                var panels = AttentionItem.Panels<U>(K + b * Kl.Batch + h * Kl.Head, Kl.Token, Nk, D, right);
                GemmSerial.Multiply<U>(Nq, D, Nk, g, padded, 1, panels, 0, Accumulate ? dq : null, Dql.Token, dq, Dql.Token, room: D);
            }
            if (Dk != null)
            {
                var dk = Dk + b * Dkl.Batch + h * Dkl.Head;
                var panels = AttentionItem.Panels<U>(Q + b * Ql.Batch + h * Ql.Head, Ql.Token, Nq, D, right);
                GemmSerial.Multiply<U>(Nk, D, Nq, g, 1, padded, panels, 0, Accumulate ? dk : null, Dkl.Token, dk, Dkl.Token, room: D);
            }
        }
    }

    // g becomes the gradient of the unscaled scores' row, dropped the probabilities after dropout.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void ScoreGradient<T>(float* p, float* g, float* dropped, uint index) where T : unmanaged, ILanes<T>
    {
        if (Drops)
        {
            var d = 0;
            for (; d <= Nk - T.Width; d += T.Width) Drop<T>(p + d, g + d, dropped + d, index + (uint)d);
            for (; d < Nk; d++) Drop<LanesScalar>(p + d, g + d, dropped + d, index + (uint)d);
        }
        var dots = T.Create(0);
        var j = 0;
        for (; j <= Nk - T.Width; j += T.Width) dots = T.MultiplyAdd(T.Load(p + j), T.Load(g + j), dots);
        var dot = dots.Sum();
        for (; j < Nk; j++) dot += p[j] * g[j];
        for (j = 0; j <= Nk - T.Width; j += T.Width) (T.Load(p + j) * (T.Load(g + j) - T.Create(dot)) * T.Create(Scale)).Store(g + j);
        for (; j < Nk; j++) g[j] = p[j] * (g[j] - dot) * Scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Drop<T>(float* p, float* g, float* dropped, uint index) where T : unmanaged, ILanes<T>
    {
        Dropout.Apply(T.Load(g), index).Store(g);
        Dropout.Apply(T.Load(p), index).Store(dropped);
    }
}

internal static unsafe class AttentionItem
{
    /// <summary>A head's (tokens, D) as the right operand of a product: where it lies, or packed into the scratch memory where D does not fill registers.</summary>
    public static GemmPanels Panels<T>(float* data, int tokenStride, int tokens, int D, float* scratch) where T : unmanaged, ILanes<T>
    {
        if (D % T.Width == 0) return new(data, tokens, tokenStride);
        GemmPanels.Pack<T>(false, data, tokenStride, tokens, D, 0, D, scratch);
        return new(scratch, tokens, 0);
    }
}
