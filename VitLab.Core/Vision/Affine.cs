namespace VitLab.Vision;

/// <summary>From an output pixel, relative to the middle, to its source: x' = A x + B y + X, y' = C x + D y + Y.</summary>
internal readonly record struct Affine(float A, float B, float C, float D, float X, float Y)
{
    public static Affine Draw(AugmentationOptions options, ref SeededRandom random)
    {
        var (shiftX, shiftY) = (random.Around(options.ShiftPixels), random.Around(options.ShiftPixels));
        var (sin, cos) = MathF.SinCos(random.Around(options.RotateDegrees) * (MathF.PI / 180));
        var shear = MathF.Tan(random.Around(options.ShearDegrees) * (MathF.PI / 180));
        var (scaleX, scaleY) = (1 / (1 + random.Around(options.ScaleFraction)), 1 / (1 + random.Around(options.ScaleFraction)));

        // Source = scale · shear · rotation · output, so one 2 × 2 matrix.
        return new Affine(
            scaleX * (cos + (shear * sin)), scaleX * (-sin + (shear * cos)),
            scaleY * sin, scaleY * cos,
            shiftX, shiftY);
    }
}
