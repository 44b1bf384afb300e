using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What every task on digits can set beside the common options: how source digits are varied in training.</summary>
public abstract record DigitOptions : TrainingOptions
{
    [Option("Shift", "Moves each training digit by up to this much in both directions.", Group = "Augmentation", Minimum = 0, Maximum = 8, Unit = "px")]
    public double ShiftPixels { get; init; }

    [Option("Rotation", "Turns each training digit by up to this much either way.", Group = "Augmentation", Minimum = 0, Maximum = 45, Unit = "°")]
    public double RotateDegrees { get; init; }

    [Option("Scale", "Grows or shrinks each training digit by up to this share.", Group = "Augmentation", Minimum = 0, Maximum = 0.5)]
    public double ScaleFraction { get; init; }

    [Option("Shear", "Slants each training digit by up to this much either way.", Group = "Augmentation", Minimum = 0, Maximum = 45, Unit = "°")]
    public double ShearDegrees { get; init; }

    [Option("Elastic", "Bends strokes smoothly; the typical displacement.", Group = "Augmentation", Minimum = 0, Maximum = 4, Unit = "px")]
    public double Elastic { get; init; }

    [Option("Thickness", "Makes strokes bolder or finer: largest share of one pixel on each side.", Group = "Augmentation", Minimum = 0, Maximum = 1)]
    public double Thickness { get; init; }

    [Option("Erase", "Chance of blanking a small rectangle of a training digit.", Group = "Augmentation", Minimum = 0, Maximum = 1)]
    public double EraseChance { get; init; }

    public AugmentationOptions ToAugmentation() => new()
    {
        ShiftPixels = (float)ShiftPixels,
        RotateDegrees = (float)RotateDegrees,
        ScaleFraction = (float)ScaleFraction,
        ShearDegrees = (float)ShearDegrees,
        Elastic = (float)Elastic,
        Thickness = (float)Thickness,
        EraseChance = (float)EraseChance,
    };
}
