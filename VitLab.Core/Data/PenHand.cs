using VitLab.Vision;

namespace VitLab.Data;

/// <summary>One person's hand on one day: how the skeleton is bent, slanted, stretched, and how steadily the pen is held.</summary>
internal readonly record struct PenHand
{
    /// <summary>Width over height of each digit, and boldness, before chance: the middle of MNIST's, which is people's.</summary>
    private static readonly float[] s_aspects = [0.84f, 0.45f, 0.9f, 0.76f, 0.82f, 0.92f, 0.76f, 0.82f, 0.78f, 0.7f];
    private static readonly float[] s_boldness = [1.06f, 1.04f, 1, 0.97f, 0.94f, 0.91f, 0.96f, 0.98f, 0.92f, 0.88f];

    /// <summary>How much of the bending below each digit takes: round and straight ones less.</summary>
    private static readonly float[] s_pliancy = [0.5f, 0.7f, 1, 1, 0.8f, 0.9f, 0.9f, 0.9f, 1, 0.9f];

    private PenHands Hands { get; init; }

    /// <summary>How far control points stray, in box heights.</summary>
    private float Looseness { get; init; }

    /// <summary>Raises (negative) or lowers the middle of the digit.</summary>
    private float Waist { get; init; }

    /// <summary>Widens the upper half (negative) or the lower.</summary>
    private float Taper { get; init; }

    /// <summary>Bends upright lines into arcs; <see cref="Sag"/> does so with level ones.</summary>
    private float Bow { get; init; }

    private float Sag { get; init; }

    /// <summary>Sine and cosine of the slope of level lines; slant (horizontal shear); width over height.</summary>
    private float Slope { get; init; }

    private float Slant { get; init; }

    private float Aspect { get; init; }

    private float Tremor { get; init; }

    private float PressureSwing { get; init; }

    public static PenHand Draw(PenHands hands, int digit, ref SeededRandom random) => new()
    {
        Hands = hands,
        Looseness = random.Uniform(0.015f, 0.07f),
        Waist = 0.09f * s_pliancy[digit] * random.Normal(),
        Taper = 0.22f * s_pliancy[digit] * random.Normal(),
        Bow = 0.14f * s_pliancy[digit] * random.Normal(),
        Sag = 0.08f * s_pliancy[digit] * random.Normal(),
        Slope = 0.08f * Habit(hands, ref random),
        Slant = 0.13f + (0.25f * Habit(hands, ref random)),
        Aspect = s_aspects[digit] * MathF.Exp(0.24f * Habit(hands, ref random)),
        Tremor = hands == PenHands.Known ? random.Uniform(0, 0.008f) : random.Uniform(0.008f, 0.014f),
        PressureSwing = hands == PenHands.Known ? random.Uniform(0, 0.35f) : random.Uniform(0.35f, 0.6f),
    };

    /// <summary>Diameter of the pen in pixels of the 28 × 28 image.</summary>
    /// <param name="narrowness">Short side of the digit over its long side: narrow digits with loops are not written so bold that these fill up.</param>
    public float StrokeWidth(int digit, float narrowness, ref SeededRandom random)
    {
        var habit = Habit(Hands, ref random);
        if (Hands == PenHands.Unseen && Aspect < s_aspects[digit])
        {
            habit = -Math.Abs(habit);                               // who writes so narrow takes a fine pen, or nobody could read it
        }

        var width = Math.Clamp(2.75f * s_boldness[digit] * MathF.Exp(0.27f * habit), 1.2f, 6.5f);
        return digit == 1 ? width : Math.Min(width, 1.4f + (5 * narrowness));
    }

    /// <summary>How far a hand is off the known hands' mean, in their standard deviations.</summary>
    private static float Habit(PenHands hands, ref SeededRandom random)
    {
        if (hands == PenHands.Known || random.Chance(0.5f))
        {
            return random.Normal();
        }

        return random.Uniform(1, 2) * (random.Chance(0.5f) ? 1 : -1);
    }

    /// <summary>
    /// Where this hand puts a control point: x and y in -0.5…0.5 before slant and stretch. Neighbouring points stray together
    /// (<paramref name="strayX"/>, <paramref name="strayY"/> carry over), so curves stay round.
    /// </summary>
    public (float X, float Y) Move(PenPoint point, ref float strayX, ref float strayY, ref SeededRandom random)
    {
        strayX = (0.6f * strayX) + (0.8f * Looseness * random.Normal());
        strayY = (0.6f * strayY) + (0.8f * Looseness * random.Normal());
        var (x, y) = (point.X - 0.5f + strayX, point.Y - 0.5f + strayY);
        var (fromEdgeX, fromEdgeY) = (1 - (4 * x * x), 1 - (4 * y * y));        // 1 in the middle, 0 at the edges of the box
        return ((x * (1 + (2 * Taper * y))) + (Bow * fromEdgeY), y + (Waist * fromEdgeY) + (Sag * fromEdgeX));
    }

    /// <summary>Slant, stretch and turn the trace; let the pen tremble and press.</summary>
    public void Finish(PenTrace trace, ref SeededRandom random)
    {
        var (phase, pace) = (random.Uniform(0, 6.28f), random.Uniform(0.05f, 0.25f));
        var (shakeX, shakeY) = (0f, 0f);
        for (var i = 0; i < trace.Count; i++)
        {
            var (x, y, _, starts) = trace[i];
            shakeX = (0.8f * shakeX) + (Tremor * random.Normal());
            shakeY = (0.8f * shakeY) + (Tremor * random.Normal());
            var stretched = Aspect * x;
            var pressure = 1 - (PressureSwing * (0.5f + (0.5f * MathF.Sin(phase + (pace * i)))));
            trace[i] = (stretched - (Slant * y) + shakeX, y - (Slope * stretched) + shakeY, pressure, starts);
        }
    }
}
