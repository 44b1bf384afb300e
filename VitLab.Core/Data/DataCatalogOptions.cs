namespace VitLab.Data;

/// <summary>What a <see cref="DataCatalog"/> may use.</summary>
public sealed record DataCatalogOptions
{
    public DataFolders Folders { get; init; } = DataFolders.Default();

    /// <summary>Addresses of folders with the MNIST files; empty means <see cref="MnistDownloader.DefaultMirrors"/>.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>Off: data that is not found is an error at once.</summary>
    public bool AllowDownload { get; init; } = true;

    /// <summary>Pen digits made for training; "mix" makes as many as MNIST has.</summary>
    public int PenTraining { get; init; } = 30_000;

    public int PenValidation { get; init; } = 3_000;

    public int PenTest { get; init; } = 5_000;

    /// <summary>Digits of "pen-unseen".</summary>
    public int PenUnseenTest { get; init; } = 10_000;
}
