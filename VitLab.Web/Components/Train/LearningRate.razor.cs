using System.Globalization;
using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Train;

public partial class LearningRate
{
    // While a hand is on the control its value stays, however fast the schedule moves the run's.
    private double? _held;
    private string? _problem;

    [Parameter]
    public RunRecord? Run { get; set; }

    [Inject]
    public required RunService Runs { get; init; }

    private bool IsLive => Run?.State is RunState.Running or RunState.Paused;

    // A rate chosen while paused waits for the next step; it is what the control shows.
    private double Rate => _held ?? Run?.PendingRate ?? (Run is { LearningRate: > 0 and var rate } ? rate : Run?.Options.LearningRate ?? 1e-3);

    /// <summary>Hundredths of a decade: −600 is 1e-6, 0 is 1.</summary>
    private int Position => (int)Math.Clamp(Math.Round(100 * Math.Log10(Rate)), -600, 0);

    private string Text => Rate.ToString(Rate < 1e-4 ? "0.00e0" : "0.00000", CultureInfo.InvariantCulture);

    private void Hold() => _held ??= Rate;

    private void LetGo() => (_held, _problem) = (null, null);

    private Task CommitSlideAsync(ChangeEventArgs change) => CommitAsync(RateAt(change));

    private Task CommitTextAsync(ChangeEventArgs change)
    {
        if (double.TryParse(change.Value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 10)
        {
            return CommitAsync(rate);
        }

        _problem = "expected a number above 0 and up to 10, such as 0.001.";
        return Task.CompletedTask;
    }

    private async Task CommitAsync(double? rate)
    {
        if (rate is not { } value || Run is not { } run)
        {
            return;
        }

        (_held, _problem) = (value, null);
        try
        {
            await Runs.CommandAsync(run.Id, new SetLearningRate(value));
        }
        catch (Exception e) when (e is RunException or OptionException)
        {
            _problem = e.Message;
        }
    }

    /// <summary>Three digits are as fine as a slider is meant.</summary>
    private static double? RateAt(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position) ? double.Parse(Math.Pow(10, position / 100.0).ToString("0.00e0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
