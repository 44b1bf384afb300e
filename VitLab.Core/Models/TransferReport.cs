namespace VitLab.Models;

/// <summary>What became of each entry of a model's state dict when weights of another were taken over.</summary>
/// <param name="Copied">Names of entries that were set as they were found.</param>
/// <param name="Adapted">Names of entries that were found in another shape and resized: position embeddings, prefix tokens, patch embeddings.</param>
/// <param name="Fresh">Names of entries that keep their first values.</param>
public sealed record TransferReport(IReadOnlyList<string> Copied, IReadOnlyList<string> Adapted, IReadOnlyList<string> Fresh);
