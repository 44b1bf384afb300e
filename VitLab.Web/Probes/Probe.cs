using VitLab.Vision;

namespace VitLab.Web.Probes;

/// <summary>A picture whose reading is followed while a run learns.</summary>
/// <param name="Id">"v0" … "v11" from the validation split, or the id of a pinned drawing.</param>
/// <param name="Labels">What a right <see cref="Experiments.Reading.Labels"/> is; null when nobody said.</param>
/// <param name="Image">Prepared, as the model sees it.</param>
public sealed record Probe(string Id, IReadOnlyList<int>? Labels, PlanarImage Image, bool Pinned);
