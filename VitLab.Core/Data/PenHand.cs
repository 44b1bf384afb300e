using VitLab.Vision;

namespace VitLab.Data;

/// <summary>One person's hand on one day: how the skeleton is bent, slanted, stretched, and how steadily the pen is held.</summary>
internal readonly record struct PenHand(float Looseness, float Slant, float Rotation, float Aspect, float Tremor, float PressureSwing)
{
    public static PenHand Draw(ref SeededRandom random) => new(
        Looseness: random.Uniform(0.015f, 0.05f),
        Slant: 0.12f + (0.2f * random.Normal()),
        Rotation: 0.06f * random.Normal(),
        Aspect: 0.72f * MathF.Exp(0.22f * random.Normal()),
        Tremor: random.Uniform(0, 0.008f),
        PressureSwing: random.Uniform(0, 0.2f));

    /// <summary>Diameter of the pen in pixels of the 28 × 28 image.</summary>
    public static float StrokeWidth(ref SeededRandom random) => Math.Clamp(2.5f * MathF.Exp(0.25f * random.Normal()), 1.2f, 5);

    /// <summary>Where this hand puts a control point.</summary>
    public (float X, float Y) Move(PenPoint point, ref SeededRandom random) =>
        (point.X - 0.5f + (Looseness * random.Normal()), point.Y - 0.5f + (Looseness * random.Normal()));

    /// <summary>Slant, stretch and turn the trace; let the pen tremble and press.</summary>
    public void Finish(PenTrace trace, ref SeededRandom random)
    {
        var (sin, cos) = MathF.SinCos(Rotation);
        var (phase, pace) = (random.Uniform(0, 6.28f), random.Uniform(0.05f, 0.25f));
        var (shakeX, shakeY) = (0f, 0f);
        for (var i = 0; i < trace.Count; i++)
        {
            var (x, y, _, starts) = trace[i];
            shakeX = (0.8f * shakeX) + (Tremor * random.Normal());
            shakeY = (0.8f * shakeY) + (Tremor * random.Normal());
            var slanted = (Aspect * x) - (Slant * y) + shakeX;
            y += shakeY;
            var pressure = 1 + (PressureSwing * MathF.Sin(phase + (pace * i)));
            trace[i] = ((cos * slanted) - (sin * y), (sin * slanted) + (cos * y), pressure, starts);
        }
    }
}
