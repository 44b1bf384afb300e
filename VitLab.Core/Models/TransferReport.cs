namespace VitLab.Models;

/// <summary>What became of each entry of a model's state dict when weights of another were taken over.</summary>
/// <param name="Copied">Names of entries that were set as they were found.</param>
/// <param name="Adapted">Entries that were found in another shape and resized: position embeddings, prefix tokens, patch embeddings.</param>
/// <param name="Fresh">Names of entries that keep their first values.</param>
public sealed record TransferReport(IReadOnlyList<string> Copied, IReadOnlyList<AdaptedEntry> Adapted, IReadOnlyList<string> Fresh)
{
    /// <summary>Entries that were taken over, as they were or resized.</summary>
    public int CarriedOver => Copied.Count + Adapted.Count;

    /// <summary>Entries of the model.</summary>
    public int Total => CarriedOver + Fresh.Count;

    /// <summary>For people: "53 of 61 tensors carried over, positions interpolated 4 × 4 → 8 × 8".</summary>
    public string Describe() => $"{CarriedOver} of {Total} tensors carried over{string.Concat(Adapted.Select(entry => entry.How).Distinct().Select(how => $", {how}"))}";
}

/// <param name="How">For people: "positions interpolated 4 × 4 → 8 × 8".</param>
public sealed record AdaptedEntry(string Name, string How);
