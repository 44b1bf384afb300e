using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>
/// Attention's forward pass, one (batch, head) after the other. The scores are kept transposed, (Nk, Nq): each lane is a query, so that the largest
/// score and the sum run down the columns and no register is ever summed across.
/// </summary>
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
        int ld = GemmPanels.Padded<T>(Nq), paddedD = GemmPanels.Padded<U>(D);
        var queries = Scratch.Get(ScratchUse.Item, (long)ld * (D + 2 * Nk) + (long)Nk * paddedD);
        var scores = queries + (nint)ld * D;
        var maskT = scores + (nint)ld * Nk;
        var values = maskT + (nint)ld * Nk;
        var maskMade = (float*)null;
        var masked = Mask != null || Causal;
        if (masked && Mask == null) MakeMask(null, maskT, ld);

        var share = Split.Of(Batch * Heads, part, parts, 1);
        for (nint item = share.First; item < share.End; item++)
        {
            nint b = item / Heads, h = item % Heads;
            GemmPanels.Pack<T>(true, Q + b * Ql.Batch + h * Ql.Head, Ql.Token, D, Nq, 0, Nq, queries);
            GemmSerial.Multiply<T>(Nk, Nq, D, K + b * Kl.Batch + h * Kl.Head, Kl.Token, 1, new GemmPanels(queries, D, 0), 0, null, 0, scores, ld, room: ld);
            if (Mask != null && maskMade != Mask + b * Ml.Batch + h * Ml.Head)
            {
                maskMade = Mask + b * Ml.Batch + h * Ml.Head;
                MakeMask(maskMade, maskT, ld);
            }
            Softmax<T>(scores, Nk, ld, Scale, masked ? maskT : null);
            GemmPanels.Transpose(scores, ld, Nk, Nq, P + item * Nq * Nk, Nk);
            if (Drops) Drop<T>(scores, Nk, ld, (uint)(item * Nq * Nk));
            var panels = AttentionItem.Panels<U>(V + b * Vl.Batch + h * Vl.Head, Vl.Token, Nk, D, values);
            GemmSerial.Multiply<U>(Nq, D, Nk, scores, 1, ld, panels, 0, null, 0, Y + b * Yl.Batch + h * Yl.Head, Yl.Token, room: D);
        }
    }

    // The additive mask, transposed like the scores.
    private readonly void MakeMask(float* mask, float* maskT, int ld)
    {
        new Span<float>(maskT, ld * Nk).Clear();
        if (mask != null) GemmPanels.Transpose(mask, Ml.Token, Nq, Nk, maskT, ld);
        for (nint j = 1; j < Nk && Causal; j++) new Span<float>(maskT + j * ld, (int)Math.Min(j, Nq)).Fill(float.NegativeInfinity);
    }

    /// <summary>Each column = softmax(scale · column + mask); a column that sees nothing becomes 0.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Softmax<T>(float* scores, int keys, int ld, float scale, float* mask) where T : unmanaged, ILanes<T>
    {
        for (var column = 0; column < ld; column += T.Width)
        {
            var factor = T.Create(scale);
            var largest = T.Create(float.NegativeInfinity);
            var end = scores + (nint)keys * ld + column;
            if (mask != null)
            {
                var m = mask + column;
                for (var s = scores + column; s < end; s += ld, m += ld)
                {
                    var v = T.MultiplyAdd(T.Load(s), factor, T.Load(m));
                    v.Store(s);
                    largest = T.Max(largest, v);
                }
                factor = T.Create(1);
            }
            else
                for (var s = scores + column; s < end; s += ld) largest = T.Max(largest, T.Load(s) * factor);

            var shift = T.WhereLess(largest, T.Create(float.MinValue), T.Create(0), T.Create(0) - largest); // −∞ − (−∞) would be NaN
            var sum = T.Create(0);
            for (var s = scores + column; s < end; s += ld)
            {
                var e = LaneMath.ExpOfNegative(T.MultiplyAdd(T.Load(s), factor, shift));
                e.Store(s);
                sum += e;
            }
            factor = T.WhereLess(sum, T.Create(0.5f), T.Create(0), T.Create(1) / sum); // the largest alone adds 1
            for (var s = scores + column; s < end; s += ld) (T.Load(s) * factor).Store(s);
        }
    }

    [MethodImpl(Hot.Loop)]
    private readonly void Drop<T>(float* scores, int keys, int ld, uint index) where T : unmanaged, ILanes<T>
    {
        var dropout = Dropout;
        for (var j = 0; j < keys; j++, index += (uint)Nq, scores += ld)
            for (var i = 0; i < Nq; i += T.Width) dropout.Apply(T.Load(scores + i), index + (uint)i).Store(scores + i);
    }
}

/// <summary>
/// Attention's backward pass, one (batch, head) after the other. With P the probabilities, M the dropout mask (1/(1-p) or 0), G = (dy vᵀ) ∘ M:
/// dv = (P ∘ M)ᵀ dy, dS = P ∘ (G − row sums of G ∘ P) · scale, dq = dS k, dk = dSᵀ q. P, G and dS are kept transposed, (Nk, Nq).
/// </summary>
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
        int ld = GemmPanels.Padded<T>(Nq), paddedD = GemmPanels.Padded<U>(D);
        var dyT = Scratch.Get(ScratchUse.Item, (long)ld * (D + 3 * Nk) + (long)Math.Max(Nq, Nk) * paddedD);
        var g = dyT + (nint)ld * D;
        var p = g + (nint)ld * Nk;
        var dropped = p + (nint)ld * Nk;
        var right = dropped + (nint)ld * Nk;
        new Span<float>(p, ld * Nk).Clear(); // the lanes beyond the last query
        var share = Split.Of(Batch * Heads, part, parts, 1);
        for (nint item = share.First; item < share.End; item++)
        {
            nint b = item / Heads, h = item % Heads;
            var dy = Dy + b * Yl.Batch + h * Yl.Head;
            GemmPanels.Pack<T>(true, dy, Yl.Token, D, Nq, 0, Nq, dyT);
            GemmSerial.Multiply<T>(Nk, Nq, D, V + b * Vl.Batch + h * Vl.Head, Vl.Token, 1, new GemmPanels(dyT, D, 0), 0, null, 0, g, ld, room: ld);
            GemmPanels.Transpose(P + item * Nq * Nk, Nk, Nq, Nk, p, ld);
            if (Drops) Drop<T>(p, g, dropped, ld, (uint)(item * Nq * Nk));
            ScoreGradient<T>(p, g, Nk, ld, Scale);

            if (Dv != null)
            {
                var dv = Dv + b * Dvl.Batch + h * Dvl.Head;
                var panels = AttentionItem.Panels<U>(dy, Yl.Token, Nq, D, right);
                GemmSerial.Multiply<U>(Nk, D, Nq, Drops ? dropped : p, ld, 1, panels, 0, Accumulate ? dv : null, Dvl.Token, dv, Dvl.Token, room: D);
            }
            if (Dq != null)
            {
                var dq = Dq + b * Dql.Batch + h * Dql.Head;
                var panels = AttentionItem.Panels<U>(K + b * Kl.Batch + h * Kl.Head, Kl.Token, Nk, D, right);
                GemmSerial.Multiply<U>(Nq, D, Nk, g, 1, ld, panels, 0, Accumulate ? dq : null, Dql.Token, dq, Dql.Token, room: D);
            }
            if (Dk != null)
            {
                var dk = Dk + b * Dkl.Batch + h * Dkl.Head;
                var panels = AttentionItem.Panels<U>(Q + b * Ql.Batch + h * Ql.Head, Ql.Token, Nq, D, right);
                GemmSerial.Multiply<U>(Nk, D, Nq, g, ld, 1, panels, 0, Accumulate ? dk : null, Dkl.Token, dk, Dkl.Token, room: D);
            }
        }
    }

    // g becomes the gradient of the unscaled scores.
    [MethodImpl(Hot.Loop)]
    private static void ScoreGradient<T>(float* p, float* g, int keys, int ld, float scale) where T : unmanaged, ILanes<T>
    {
        for (var column = 0; column < ld; column += T.Width)
        {
            var dot = T.Create(0);
            nint at = column;
            for (var j = 0; j < keys; j++, at += ld) dot = T.MultiplyAdd(T.Load(p + at), T.Load(g + at), dot);
            at = column;
            for (var j = 0; j < keys; j++, at += ld) (T.Load(p + at) * (T.Load(g + at) - dot) * T.Create(scale)).Store(g + at);
        }
    }

    // g through the mask, and dropped = the probabilities through it.
    [MethodImpl(Hot.Loop)]
    private readonly void Drop<T>(float* p, float* g, float* dropped, int ld, uint index) where T : unmanaged, ILanes<T>
    {
        var dropout = Dropout;
        for (var j = 0; j < Nk; j++, index += (uint)Nq, p += ld, g += ld, dropped += ld)
            for (var i = 0; i < Nq; i += T.Width)
            {
                dropout.Apply(T.Load(g + i), index + (uint)i).Store(g + i);
                dropout.Apply(T.Load(p + i), index + (uint)i).Store(dropped + i);
            }
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
