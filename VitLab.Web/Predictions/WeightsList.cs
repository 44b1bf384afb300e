using VitLab.Experiments;
using VitLab.Web.Runs;

namespace VitLab.Web.Predictions;

/// <summary>What can answer on a page, kept as new as the runs. Belongs to one page and its thread.</summary>
public sealed class WeightsList(PredictionService predictions)
{
    private readonly Dictionary<string, (RunState State, TeachingVerdict? Verdict)> _known = [];

    /// <summary>See <see cref="PredictionService.Choices"/>.</summary>
    public IReadOnlyList<WeightsChoice> All { get; private set; } = predictions.Choices();

    /// <summary>Those that read drawings on this canvas.</summary>
    public IReadOnlyList<WeightsChoice> On(CanvasGuide canvas) => [.. All.Where(choice => choice.Canvas == canvas)];

    /// <summary>The wanted one; the first when it is not among them, null when there is none.</summary>
    public static WeightsChoice? Pick(IReadOnlyList<WeightsChoice> choices, string? wanted) =>
        choices.FirstOrDefault(choice => choice.Id == wanted) ?? (choices.Count > 0 ? choices[0] : null);

    /// <summary>Progress of a run changes nothing here; a run that came, went, changed its state or was judged may.</summary>
    /// <param name="run">What changed; null when a run has gone.</param>
    /// <returns>Whether the choices were asked for anew.</returns>
    public bool Follow(RunRecord? run)
    {
        if (run is not null)
        {
            var now = (run.State, run.Teaching?.Verdict);
            if (_known.TryGetValue(run.Id, out var known) && known == now) return false;
            _known[run.Id] = now;
        }

        All = predictions.Choices();
        return true;
    }
}
