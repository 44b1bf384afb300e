using System.CommandLine;
using VitLab.Experiments;

namespace VitLab.Web.Cli;

/// <summary>--only, for the verbs that go through the presets of every experiment.</summary>
internal static class OnlyOption
{
    /// <param name="purpose">"Measure": what is done with those that are named.</param>
    public static Option<string[]> Create(string purpose) => new("--only")
    {
        Description = $"{purpose} these alone, repeatable: an experiment ({string.Join(", ", ExperimentCatalog.All.Select(e => e.Id))}), or one preset of it as experiment/preset.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The presets that were asked for, in the catalogue's order; where none were, all the usual ones.</summary>
    /// <param name="isUsual">False for a preset that has to be named itself; all are usual by default.</param>
    /// <exception cref="OptionException">Names what is no experiment or preset.</exception>
    public static IReadOnlyList<(Experiment Experiment, ExperimentPreset Preset)> Choose(IReadOnlyList<string>? only, Func<ExperimentPreset, bool>? isUsual = null)
    {
        List<(Experiment, ExperimentPreset?)> asked = [.. (only ?? []).Select(Find)];
        return
        [
            .. from experiment in ExperimentCatalog.All
               from preset in experiment.Presets
               where asked.Contains((experiment, preset)) || ((asked.Count == 0 || asked.Contains((experiment, null))) && (isUsual?.Invoke(preset) ?? true))
               select (experiment, preset),
        ];
    }

    private static (Experiment, ExperimentPreset?) Find(string name)
    {
        try
        {
            return name.Split('/') switch
            {
                [var experiment] => (ExperimentCatalog.Find(experiment), null),
                [var experiment, { Length: > 0 } preset] when ExperimentCatalog.Find(experiment) is var found => (found, found.FindPreset(preset)),
                _ => throw new OptionException("only", "expected an experiment, or experiment/preset."),
            };
        }
        catch (OptionException e)
        {
            throw new OptionException("only", $"\"{name}\": {e.Problems[0].Message}");
        }
    }
}
