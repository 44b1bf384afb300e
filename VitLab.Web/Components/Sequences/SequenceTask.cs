using VitLab.Experiments;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Sequences;

/// <summary>A question about a sequence, with a reader for each preset of its experiment, the one that attends first.</summary>
public sealed record SequenceTask(Experiment Experiment, IReadOnlyList<SequenceReader> Readers)
{
    private static readonly string[] s_experiments = ["sequence-sum", "anchor-in-sequence"];

    /// <summary>How many images its readers see.</summary>
    public int Images => Experiment.Geometry(Readers[0].Preset.Options).GridWidth;

    /// <summary>The tasks of the page.</summary>
    /// <param name="wanted">Ids of weights to answer, where they can; those named first win.</param>
    public static IReadOnlyList<SequenceTask> All(IReadOnlyList<WeightsChoice> choices, IReadOnlyList<string> wanted) =>
    [
        .. from experiment in s_experiments.Select(ExperimentCatalog.Find)
           select new SequenceTask(experiment, [.. experiment.Presets.Select(preset => Reader(experiment, preset, choices, wanted))]),
    ];

    /// <summary>The newest run of each preset that has been measured.</summary>
    public IReadOnlyList<RunRecord> NewestRuns(IEnumerable<RunRecord> newestFirst) =>
    [
        .. from reader in Readers
           let newest = newestFirst.FirstOrDefault(run => (run.Experiment, run.Preset) == (reader.Experiment.Id, reader.Preset.Id) && run.Best is not null)
           where newest is not null
           select newest,
    ];

    private static SequenceReader Reader(Experiment experiment, ExperimentPreset preset, IReadOnlyList<WeightsChoice> choices, IReadOnlyList<string> wanted)
    {
        var canvas = experiment.Canvas(preset.Options);
        List<WeightsChoice> own = [.. choices.Where(choice => (choice.Experiment, choice.Preset) == (experiment.Id, preset.Id) && choice.Canvas == canvas)];
        return new SequenceReader(experiment, preset, own, WeightsList.Pick(own, wanted.FirstOrDefault(id => own.Exists(choice => choice.Id == id))));
    }
}
