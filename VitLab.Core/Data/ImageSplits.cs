namespace VitLab.Data;

/// <summary>Train, validation and test, disjoint by source image. The test split is touched for reports only.</summary>
/// <param name="Source">What the page and the results table call the data: "mnist", "pen", "mix".</param>
/// <param name="Description">One sentence: what it is, how many, from where.</param>
/// <param name="Checksum">SHA-256 (first 16 hex digits) over the files or the generator's version and seed.</param>
public sealed record ImageSplits(string Source, string Description, string Checksum, ImageSet Train, ImageSet Validation, ImageSet Test)
{
    public ImageSet this[Split split] => split switch
    {
        Split.Train => Train,
        Split.Validation => Validation,
        Split.Test => Test,
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "split: expected train, validation or test."),
    };
}

public enum Split
{
    Train,
    Validation,
    Test,
}
