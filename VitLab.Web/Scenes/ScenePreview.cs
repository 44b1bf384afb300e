using VitLab.Data;
using VitLab.Web.Runs;

namespace VitLab.Web.Scenes;

/// <summary>Composes scenes to look at, of digits by the built-in pen: like those that models of free canvases learn from, whatever data they use.</summary>
public sealed class ScenePreview
{
    /// <summary>Digits that scenes are made of: enough that no two look alike, and made in a moment.</summary>
    private const int SourceDigits = 1_000;

    private readonly Lazy<ImageSet> _digits = new(() => PenDigits.Generate(SourceDigits, seed: 1));

    /// <exception cref="RunException">A value is out of its range; names it.</exception>
    public Scene Compose(SceneRequest request)
    {
        var (width, height, variation) = request.Checked();
        return new SceneComposer(variation).Picture(_digits.Value, (ulong)(request.Seed ?? Random.Shared.NextInt64()), width, height);
    }
}
