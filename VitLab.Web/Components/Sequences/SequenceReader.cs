using VitLab.Experiments;
using VitLab.Web.Predictions;

namespace VitLab.Web.Components.Sequences;

/// <summary>A model that reads sequences: what a preset of a task trains.</summary>
/// <param name="Choices">Its weights, the first choice first.</param>
/// <param name="Chosen">Null while no weights can answer.</param>
public sealed record SequenceReader(Experiment Experiment, ExperimentPreset Preset, IReadOnlyList<WeightsChoice> Choices, WeightsChoice? Chosen)
{
    public string Id => $"{Experiment.Id}-{Preset.Id}";

    /// <summary>Where it is trained.</summary>
    public string TrainAddress => $"/train?experiment={Experiment.Id}&preset={Preset.Id}";
}
