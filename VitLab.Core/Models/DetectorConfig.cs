namespace VitLab.Models;

/// <summary>Shape of a <see cref="SceneDetector"/>.</summary>
/// <param name="Vit">The backbone on a picture of the usual size; its prefix tokens are left out.</param>
/// <param name="Classes">What a digit can be.</param>
public sealed record DetectorConfig(VitConfig Vit, int Classes)
{
    public VitConfig Backbone => Vit with { PrefixTokens = 0 };
}
