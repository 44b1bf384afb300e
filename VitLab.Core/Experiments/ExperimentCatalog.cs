namespace VitLab.Experiments;

/// <summary>Every task of the lab. Pages, command line, API, run store and results read this list and know no task by name.</summary>
public static class ExperimentCatalog
{
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new SingleDigit(),
        new GridHeads(),
        new GridTranscription(),
        new FreeLayout(),
        new ConvolutionalDigit(),
        new SequenceSum(),
        new AnchorInSequence(),
        new ImageClassifier(),
    ];

    /// <exception cref="OptionException">When there is no such experiment; names the known ids.</exception>
    public static Experiment Find(string id) => All.FirstOrDefault(experiment => experiment.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
        ?? throw new OptionException("experiment", $"no experiment is called \"{id}\"; there are {string.Join(", ", All.Select(experiment => experiment.Id))}.");

    /// <param name="id">Null or empty is the first preset.</param>
    /// <exception cref="OptionException">When the experiment has no such preset; names those it has.</exception>
    public static ExperimentPreset FindPreset(this Experiment experiment, string? id) => string.IsNullOrEmpty(id)
        ? experiment.Presets[0]
        : experiment.Presets.FirstOrDefault(preset => preset.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new OptionException("preset", $"{experiment.Id} has no preset \"{id}\"; there are {string.Join(", ", experiment.Presets.Select(preset => preset.Id))}.");
}
