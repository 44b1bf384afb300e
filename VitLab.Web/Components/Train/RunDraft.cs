using VitLab.Experiments;
using VitLab.Models;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Train;

/// <summary>The form of the next run: an experiment, a preset, and every option as the text a person typed.</summary>
public sealed class RunDraft
{
    private const string Scratch = "scratch";

    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, string> _problems = [];

    private RunDraft(Experiment experiment, ExperimentPreset preset, TrainingOptions options)
    {
        (Experiment, Preset) = (experiment, preset);
        foreach (var field in Fields)
        {
            _texts[field.Key] = field.GetText(options);
        }

        Check();
    }

    public Experiment Experiment { get; }

    public ExperimentPreset Preset { get; }

    public IReadOnlyList<OptionField> Fields => OptionSchema.Of(Experiment).Fields;

    /// <summary>Id of the weights to start from; null starts from scratch.</summary>
    public string? From { get; set; }

    /// <summary>Where it will compute: "auto", or the id of a device of this machine.</summary>
    public string Device { get; set; } = Hardware.Auto;

    /// <summary>A second run with the same settings, without <see cref="From"/>.</summary>
    public bool AlsoFromScratch { get; set; }

    /// <summary>The options as they stand; null while a field holds something that cannot be run.</summary>
    public TrainingOptions? Options { get; private set; }

    public static RunDraft Of(Experiment experiment, ExperimentPreset preset) => new(experiment, preset, preset.Options);

    /// <summary>
    /// What an address names: the first preset when it names none, settings ("depth=6") over it as a person would have typed them; null without a known experiment.
    /// What it names and is not there is left out.
    /// </summary>
    public static RunDraft? Of(string? experiment, string? preset, IEnumerable<string>? settings)
    {
        if (ExperimentCatalog.All.FirstOrDefault(known => known.Id == experiment) is not { } wanted)
        {
            return null;
        }

        var draft = Of(wanted, wanted.Presets.FirstOrDefault(known => known.Id == preset) ?? wanted.Presets[0]);
        foreach (var setting in (settings ?? []).Select(setting => setting.Split('=', 2)).Where(setting => setting.Length == 2))
        {
            if (draft.Fields.FirstOrDefault(field => field.Key == setting[0]) is { } field)
            {
                draft.Set(field, setting[1]);
            }
        }

        return draft;
    }

    /// <summary>The settings of an existing run, to start from.</summary>
    public static RunDraft Of(RunRecord run)
    {
        var experiment = ExperimentCatalog.Find(run.Experiment);
        return new RunDraft(experiment, experiment.FindPreset(run.Preset), run.Options)
        {
            From = StartOf(run),
            Device = Hardware.This.Find(run.Device) is null ? Hardware.Auto : run.Device,
        };
    }

    public string Text(OptionField field) => _texts[field.Key];

    /// <summary>The query that names this experiment, preset and every setting that differs from it, for the address of a page.</summary>
    public string ToQuery() => string.Join('&',
    [
        $"experiment={Uri.EscapeDataString(Experiment.Id)}",
        $"preset={Uri.EscapeDataString(Preset.Id)}",
        .. Fields.Where(IsChanged).Select(field => $"set={Uri.EscapeDataString($"{field.Key}={Text(field)}")}"),
    ]);

    /// <summary>What is wrong with a field and what would be right, or null.</summary>
    public string? Problem(OptionField field) => _problems.GetValueOrDefault(field.Key);

    /// <summary>True when the field differs from the preset.</summary>
    public bool IsChanged(OptionField field) => Text(field) != field.GetText(Preset.Options);

    public void Set(OptionField field, string text)
    {
        _texts[field.Key] = text.Trim();
        Check();
    }

    /// <summary>Puts the problems a server found next to their fields; returns those that belong to none.</summary>
    public IReadOnlyList<OptionProblem> Show(IEnumerable<OptionProblem> problems)
    {
        List<OptionProblem> homeless = [];
        foreach (var problem in problems)
        {
            if (_texts.ContainsKey(problem.Field))
            {
                _problems[problem.Field] = problem.Message;
            }
            else
            {
                homeless.Add(problem);
            }
        }

        return homeless;
    }

    /// <summary>Field by field how this draft differs from a run of the same experiment, in what it starts from and where it computes.</summary>
    public IReadOnlyList<OptionDifference> DifferencesFrom(RunRecord run) =>
        run.Experiment != Experiment.Id
            ? []
            : [.. from field in Fields
                  let now = field.GetText(run.Options)
                  where now != Text(field)
                  select new OptionDifference(field.Title, now, Text(field)),
               .. StartOf(run) == From ? Array.Empty<OptionDifference>() : [new OptionDifference("Start from", StartOf(run) ?? Scratch, From ?? Scratch)],
               .. Where(run.Device) == Where(Device) ? Array.Empty<OptionDifference>() : [new OptionDifference("Computes on", Where(run.Device), Where(Device))]];

    /// <exception cref="OptionException">When the draft cannot be run.</exception>
    public RunRequest ToRequest() =>
        Options is { } options
            ? RunRequest.With(Experiment.Id, Preset.Id, options) with { From = From, Device = Device }
            : throw new OptionException([.. _problems.Select(problem => new OptionProblem(problem.Key, problem.Value))]);

    private static string Where(string device) => Hardware.This.FindOrBest(device).Id;

    private static string? StartOf(RunRecord run) => run.Origin is { Continues: false } origin ? origin.RunId : null;

    private void Check()
    {
        _problems.Clear();
        Options = null;
        var schema = OptionSchema.Of(Experiment);
        var options = Preset.Options;
        foreach (var field in Fields)
        {
            try
            {
                options = schema.With(options, field.Key, Text(field));
            }
            catch (OptionException e)
            {
                _problems[field.Key] = e.Problems[0].Message;
            }
        }

        if (_problems.Count == 0)
        {
            foreach (var problem in schema.Problems(options))
            {
                _problems[problem.Field] = problem.Message;
            }

            Options = _problems.Count == 0 ? options : null;
        }
    }
}

/// <param name="Now">Value of the run.</param>
/// <param name="Next">Value of the draft.</param>
public sealed record OptionDifference(string Title, string Now, string Next);
