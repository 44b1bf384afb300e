namespace VitLab.Data;

/// <summary>How far loading has come.</summary>
/// <param name="Item">The file being downloaded, or "pen digits".</param>
/// <param name="Done">Bytes (a download) or images (the generator) so far.</param>
/// <param name="Total">Of how many; null when the server does not say.</param>
/// <param name="Unit">"bytes" or "images".</param>
public sealed record DataProgress(string Item, long Done, long? Total, string Unit);
