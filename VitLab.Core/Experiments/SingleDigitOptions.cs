using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What a run of <see cref="SingleDigit"/> can set: the backbone, the augmentation of its digits, and the patch.</summary>
public sealed record SingleDigitOptions : VitOptions
{
    /// <summary>Side of the picture, as MNIST has it.</summary>
    public const int Side = 28;

    [Option("Patch", "Side of a patch: 7 gives a 4 × 4 grid, smaller patches give more tokens and slower steps.", Group = "Model", Minimum = 2, Maximum = 14, Unit = "px")]
    public int Patch { get; init; } = 7;

    public VitConfig ToConfig() => ToConfig(Side, Side, Patch);

    public override IEnumerable<OptionProblem> Conflicts()
    {
        if (Side % Patch != 0)
        {
            yield return new OptionProblem("patch", $"expected a divisor of the picture's {Side} px (2, 4, 7 or 14), got {Patch}.");
        }

        foreach (var problem in base.Conflicts())
        {
            yield return problem;
        }
    }
}
