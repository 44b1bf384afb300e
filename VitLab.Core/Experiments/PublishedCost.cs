namespace VitLab.Experiments;

/// <summary>What a source says a preset's model costs, where that is not what the model costs.</summary>
/// <param name="Parameters">As published.</param>
/// <param name="Flops">As published, of one sample read.</param>
/// <param name="Source">Where these figures stand.</param>
/// <param name="Reason">How far they can be explained, and how far not.</param>
public sealed record PublishedCost(double Parameters, double Flops, string Source, string Reason);
