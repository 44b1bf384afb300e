using System.Diagnostics;
using System.Globalization;
using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Web.Cli;

/// <summary>A run on the terminal: a bar with the time to go that rewrites itself, or a plain line per epoch when nobody watches.</summary>
internal sealed class TrainProgress(CliConsole console, RunService runs)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private long _drawn;
    private long _total;
    private long _first;
    private int _width;
    private StepCompleted? _step;
    private ValidationCompleted? _validation;

    public void Show(string id, TrainingEvent happened)
    {
        switch (happened)
        {
            case RunStarted started:
                (_total, _first) = (started.TotalSteps, started.Step);
                Line($"{id}: {started.Parameters:N0} parameters, {started.TotalSteps:N0} steps. {started.Data}");
                if (started.Transferred is { } report) Line($"{report.Describe()}.");
                break;
            case StepCompleted step:
                _step = step;
                if (console.IsTerminal && Stopwatch.GetElapsedTime(_drawn) >= s_interval) Draw();
                break;
            case ValidationCompleted { Whole: true } validation:
                _validation = validation;
                break;
            case EpochCompleted epoch:
                Line(Invariant($"epoch {epoch.Epoch}  train loss {epoch.TrainLoss:0.0000}  validation {Validation()}  {_step?.ImagesPerSecond:N0} img/s  {Time(epoch.ActiveSeconds)}{(epoch.IsBest ? "  best" : "")}{(console.IsTerminal ? "" : $"  ETA {Eta()}")}"));
                break;
            case LearningRateChanged change:
                Line(Invariant($"learning rate {change.Rate} from step {change.Step}"));
                break;
            case RunPaused paused:
                Line($"paused at step {paused.Step}. {runs.Find(id)?.Failure}");
                break;
        }
    }

    /// <summary>Leaves the cursor on a line of its own.</summary>
    public void Finish() => Clear();

    internal static string Time(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Round(seconds));
        return span.TotalHours >= 1 ? Invariant($"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}") : Invariant($"{span.Minutes}:{span.Seconds:00}");
    }

    private string Validation() => _validation is { } v ? TrainCommand.Metrics(v.Evaluation.Metrics) : "-";

    private string Eta() => _step is { ImagesPerSecond: > 0 } step && step.Step > _first
        ? Time((_total - step.Step) * SecondsPerStep)
        : "?";

    // From the clock, so that validation and checkpoints count too.
    private double SecondsPerStep => Stopwatch.GetElapsedTime(_started).TotalSeconds / Math.Max(1, _step!.Step - _first);

    private readonly long _started = Stopwatch.GetTimestamp();

    private void Draw()
    {
        const int Cells = 24;
        _drawn = Stopwatch.GetTimestamp();
        var done = _total == 0 ? 0 : (double)_step!.Step / _total;
        var filled = (int)(done * Cells);
        var text = Invariant($"\r[{new string('#', filled)}{new string('.', Cells - filled)}] {100 * done:0} %  epoch {_step!.Epoch}  loss {_step.Loss:0.0000}  {_step.ImagesPerSecond:N0} img/s  ETA {Eta()}");
        console.Error.Write(text.PadRight(_width));
        _width = text.Length;
    }

    private void Line(string text)
    {
        Clear();
        console.Error.WriteLine(text.TrimEnd());
    }

    private void Clear()
    {
        if (_width == 0) return;
        console.Error.Write("\r" + new string(' ', _width) + "\r");
        _width = 0;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
