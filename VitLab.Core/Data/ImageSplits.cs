namespace VitLab.Data;

/// <summary>Train, validation and test, disjoint by source image. The test split is touched for reports only.</summary>
/// <param name="Source">What the page and the results table call the data: "mnist", "pen", "mix", "pen-unseen".</param>
/// <param name="Description">One sentence: what it is, how many, from where.</param>
/// <param name="Checksum">SHA-256 (first 16 hex digits) over the files or the generator's version and seed.</param>
public sealed record ImageSplits(string Source, string Description, string Checksum, ImageSet Train, ImageSet Validation, ImageSet Test)
{
    /// <exception cref="DataException">When the source has no such split: held-out digits are there to test on alone.</exception>
    public ImageSet this[Split split]
    {
        get
        {
            var images = split switch
            {
                Split.Train => Train,
                Split.Validation => Validation,
                Split.Test => Test,
                _ => throw new ArgumentOutOfRangeException(nameof(split), split, "split: expected train, validation or test."),
            };
            return images.Count > 0 ? images : throw new DataException($"data: {Source} has no {split.ToString().ToLowerInvariant()} split{(Train.Count == 0 ? "; it is there to test on alone" : "")}.");
        }
    }
}

public enum Split
{
    Train,
    Validation,
    Test,
}
