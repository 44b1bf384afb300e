using System.Text.Json.Serialization;
using VitLab.Vision;

namespace VitLab.Web.Corrections;

/// <summary>A drawn digit and what it really is.</summary>
/// <param name="Id">Never used twice; empty until the lab has taken it.</param>
/// <param name="Drawing">The digit alone, labelled.</param>
/// <param name="Date">When it was corrected.</param>
[JsonConverter(typeof(CorrectionJson))]
public sealed record Correction(string Id, Drawing Drawing, DateTimeOffset Date)
{
    /// <summary>What a model took it for; null when nobody said.</summary>
    public int? ReadAs { get; init; }

    /// <summary>Id of the weights that read it; null when nobody said.</summary>
    public string? Weights { get; init; }

    public int Label => Drawing.Label![0];
}
