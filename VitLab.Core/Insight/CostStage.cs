namespace VitLab.Insight;

/// <summary>One part of a model: what it makes of one sample, and what it costs. A stage with parts costs what they cost.</summary>
/// <param name="Title">"Patch embedding".</param>
/// <param name="Path">Of the module or parameter it stands for, as the state dict names it ("blocks.0.mlp.fc1"); empty for what has none, as a sum.</param>
/// <param name="Shape">Of its output, without the batch: (17, 64).</param>
public sealed record CostStage(StageKind Kind, string Title, string Path, params IReadOnlyList<long> Shape)
{
    /// <inheritdoc cref="ModelCost.Parameters"/>
    public long Parameters { get; init; }

    /// <inheritdoc cref="ModelCost.ForwardFlops"/>
    public long ForwardFlops { get; init; }

    /// <inheritdoc cref="ModelCost.ActivationBytes"/>
    public long ActivationBytes { get; init; }

    /// <summary>What it consists of, in the order of computation; none for an operation.</summary>
    public IReadOnlyList<CostStage> Parts { get; private init; } = [];

    /// <summary>The operations it consists of; itself when it has no parts.</summary>
    public IEnumerable<CostStage> Operations => Parts.Count == 0 ? [this] : Parts.SelectMany(part => part.Operations);

    /// <summary>A stage of parts. Its output is the last one's.</summary>
    public static CostStage Of(StageKind kind, string title, string path, IReadOnlyList<CostStage> parts) => Of(kind, title, path, parts[^1].Shape, parts);

    /// <summary>A stage of parts that make this output together.</summary>
    public static CostStage Of(StageKind kind, string title, string path, IReadOnlyList<long> shape, IReadOnlyList<CostStage> parts) => new(kind, title, path, shape)
    {
        Parameters = parts.Sum(part => part.Parameters),
        ForwardFlops = parts.Sum(part => part.ForwardFlops),
        ActivationBytes = parts.Sum(part => part.ActivationBytes),
        Parts = parts,
    };

    /// <summary>True for a stage that does the same in another place, as the next of several blocks; what training holds of it may differ.</summary>
    public bool IsLike(CostStage other) =>
        (Kind, Title, Parameters, ForwardFlops) == (other.Kind, other.Title, other.Parameters, other.ForwardFlops)
        && Shape.SequenceEqual(other.Shape)
        && Parts.Count == other.Parts.Count && Parts.Zip(other.Parts).All(pair => pair.First.IsLike(pair.Second));
}
