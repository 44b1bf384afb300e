namespace VitLab.Vision;

/// <summary>How far an augmented image may differ from its source. Nothing here changes a digit's meaning: no flips, no half turns.</summary>
public sealed record AugmentationOptions
{
    public static AugmentationOptions None { get; } = new();

    /// <summary>Gentle changes that help on scanned and drawn digits alike.</summary>
    public static AugmentationOptions Default { get; } = new()
    {
        ShiftPixels = 2, RotateDegrees = 10, ScaleFraction = 0.1f, ShearDegrees = 8, Elastic = 1, Thickness = 0.3f,
    };

    /// <summary>Largest shift along each axis, in pixels.</summary>
    public float ShiftPixels { get; init; }

    /// <summary>Largest rotation either way, in degrees.</summary>
    public float RotateDegrees { get; init; }

    /// <summary>Largest change of size; each axis is scaled by a factor within 1 ± this.</summary>
    public float ScaleFraction { get; init; }

    /// <summary>Largest horizontal slant either way, in degrees.</summary>
    public float ShearDegrees { get; init; }

    /// <summary>Standard deviation of the smooth random displacement, in pixels.</summary>
    public float Elastic { get; init; }

    /// <summary>Largest share of a one-pixel dilation or erosion blended in: strokes grow bolder or finer, 0…1.</summary>
    public float Thickness { get; init; }

    /// <summary>Chance that one random rectangle is blanked, 0…1.</summary>
    public float EraseChance { get; init; }

    /// <summary>Largest side of that rectangle, as a fraction of the image's.</summary>
    public float EraseFraction { get; init; } = 0.3f;

    public bool IsNone => ShiftPixels == 0 && RotateDegrees == 0 && ScaleFraction == 0 && ShearDegrees == 0 && Elastic == 0 && Thickness == 0 && EraseChance == 0;
}
