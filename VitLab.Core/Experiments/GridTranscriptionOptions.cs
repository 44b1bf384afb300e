using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What a run of <see cref="GridTranscription"/> can set: the grid, the encoder, the patch and the decoder's depth.</summary>
public sealed record GridTranscriptionOptions : GridOptions
{
    [Option("Patch", "Side of a patch: 14 cuts a grid of four digits into 16 patches.", Group = "Model", Minimum = 4, Maximum = 28, Unit = "px")]
    public int Patch { get; init; } = 14;

    [Option("Decoder depth", "Decoder blocks, one after another; each looks at what is written and at the picture.", Group = "Model", Minimum = 1, Maximum = 16, Unit = "blocks")]
    public int DecoderDepth { get; init; } = 2;

    public TranscriberConfig ToConfig() => new(ToConfig(PictureSide, PictureSide, Patch), DecoderDepth, MostDigits: Cells);

    public override IEnumerable<OptionProblem> Conflicts()
    {
        if (PictureSide % Patch != 0)
        {
            yield return new OptionProblem("patch", $"expected a divisor of the picture's {PictureSide} px (7, 14 or 28), got {Patch}.");
        }

        foreach (var problem in base.Conflicts())
        {
            yield return problem;
        }
    }
}
