using VitLab.Vision;

namespace VitLab.Data;

/// <summary>Writes digits with a random one of these hands. One writer per thread; what it writes depends on (hands, digit, seed) alone.</summary>
internal sealed class PenWriter(PenHands hands)
{
    /// <summary>Side of the canvas of a drawing.</summary>
    public const int Canvas = 280;

    /// <summary>Points sampled on the curve between two control points.</summary>
    private const int PointsPerSpan = 6;

    private readonly PenTrace _trace = new();

    /// <summary>A digit as MNIST shows it: 28 × 28 bytes.</summary>
    public void Write(int digit, ulong seed, Span<byte> pixels)
    {
        var random = new SeededRandom(seed);
        var hand = Trace(digit, ref random);

        var (left, top, right, bottom) = _trace.Bounds();
        var narrowness = Math.Min(right - left, bottom - top) / Math.Max(right - left, bottom - top);
        var width = hand.StrokeWidth(digit, narrowness, ref random);
        var softness = random.Uniform(1, 1.4f);
        var scale = (MnistNormalizer.BoxSize + 1 - softness - width) / Math.Max(Math.Max(right - left, bottom - top), 1e-3f);
        var offsetX = (MnistNormalizer.Size / 2f) - ((left + right) / 2 * scale);
        var offsetY = (MnistNormalizer.Size / 2f) - ((top + bottom) / 2 * scale);

        Span<float> ink = stackalloc float[MnistNormalizer.Size * MnistNormalizer.Size];
        ink.Clear();
        var layer = new InkLayer(ink, MnistNormalizer.Size, MnistNormalizer.Size) { Softness = softness };
        for (var i = 0; i < _trace.Count; i++)
        {
            var (x, y, pressure, starts) = _trace[i];
            var (fromX, fromY, fromPressure, _) = starts ? _trace[i] : _trace[i - 1];
            layer.Line(
                (fromX * scale) + offsetX, (fromY * scale) + offsetY, width / 2 * fromPressure,
                (x * scale) + offsetX, (y * scale) + offsetY, width / 2 * pressure);
        }

        MnistNormalizer.CenterMass(ink, pixels);
    }

    /// <summary>The same digit as strokes on a square canvas.</summary>
    public Drawing Draw(int digit, ulong seed)
    {
        var random = new SeededRandom(seed);
        Trace(digit, ref random);

        var (left, top, right, bottom) = _trace.Bounds();
        var scale = Canvas * random.Uniform(0.5f, 0.75f) / Math.Max(right - left, bottom - top);
        var (freeX, freeY) = (Canvas - ((right - left) * scale), Canvas - ((bottom - top) * scale));
        var offsetX = (freeX * random.Uniform(0.3f, 0.7f)) - (left * scale);
        var offsetY = (freeY * random.Uniform(0.3f, 0.7f)) - (top * scale);

        var strokes = new List<List<float>>();
        for (var i = 0; i < _trace.Count; i++)
        {
            var (x, y, _, starts) = _trace[i];
            if (starts)
            {
                strokes.Add([]);
            }

            strokes[^1].Add(MathF.Round((x * scale) + offsetX, 1));
            strokes[^1].Add(MathF.Round((y * scale) + offsetY, 1));
        }

        return new Drawing(Canvas, Canvas, strokes) { Label = [digit] };
    }

    /// <summary>Skeleton → the hand's own version of it → curve → slant, aspect, tremor and pressure.</summary>
    private PenHand Trace(int digit, ref SeededRandom random)
    {
        _trace.Clear();
        var glyphs = hands == PenHands.Known ? PenGlyphs.All : UnseenGlyphs.All;
        var glyph = PenGlyph.Choose(glyphs[digit], random.Uniform());
        var hand = PenHand.Draw(hands, digit, ref random);
        Span<(float X, float Y)> moved = stackalloc (float, float)[32];
        foreach (var stroke in glyph.Strokes)
        {
            var (strayX, strayY) = (0f, 0f);
            for (var i = 0; i < stroke.Length; i++)
            {
                moved[i] = hand.Move(stroke[i], ref strayX, ref strayY, ref random);
            }

            Overshoot(ref moved[0], moved[1], ref random);
            Overshoot(ref moved[stroke.Length - 1], moved[stroke.Length - 2], ref random);
            Curve(stroke, moved[..stroke.Length]);
        }

        hand.Finish(_trace, ref random);
        return hand;
    }

    /// <summary>The pen lands early or late, leaves early or late.</summary>
    private static void Overshoot(ref (float X, float Y) end, (float X, float Y) before, ref SeededRandom random)
    {
        var share = 0.18f * random.Normal();
        end = (end.X + (share * (end.X - before.X)), end.Y + (share * (end.Y - before.Y)));
    }

    /// <summary>Catmull–Rom through the points; a corner ends one curve and begins the next.</summary>
    private void Curve(PenPoint[] stroke, ReadOnlySpan<(float X, float Y)> points)
    {
        _trace.Add(points[0].X, points[0].Y, starts: true);
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (p1, p2) = (points[i], points[i + 1]);
            var p0 = i > 0 && !stroke[i].IsCorner ? points[i - 1] : p1;
            var p3 = i + 2 < points.Length && !stroke[i + 1].IsCorner ? points[i + 2] : p2;
            for (var k = 1; k <= PointsPerSpan; k++)
            {
                var t = (float)k / PointsPerSpan;
                _trace.Add(CatmullRom(p0.X, p1.X, p2.X, p3.X, t), CatmullRom(p0.Y, p1.Y, p2.Y, p3.Y, t), starts: false);
            }
        }
    }

    private static float CatmullRom(float p0, float p1, float p2, float p3, float t) =>
        0.5f * ((2 * p1) + (t * (p2 - p0 + (t * ((2 * p0) - (5 * p1) + (4 * p2) - p3 + (t * ((3 * (p1 - p2)) + p3 - p0)))))));
}
