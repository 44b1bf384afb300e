using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using VitLab.Experiments;
using VitLab.Vision;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Probes;

/// <summary>
/// Frames of probe readings for whoever watches: at most four a second, read by the run's own thread between two steps and shared by all
/// watchers. Nobody watching costs nothing; where reading is slow, frames come less often, so that they stay a small share of training.
/// </summary>
public sealed class ProbeBoard(RunService runs, PredictionService predictions, ProbeSet probes, TimeProvider clock)
{
    private const int LargestShare = 100;                // reading takes at most 1/100 of the run's time

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(2);   // a first reading is slow (nothing is compiled yet) and says little

    private readonly ConcurrentDictionary<string, Board> _boards = new();

    /// <summary>Endless: a frame at once, then one whenever the step or the pinned drawings changed.</summary>
    /// <param name="attentionProbe">Probe whose attention comes along; null or unknown leaves it out.</param>
    /// <exception cref="RunNotFoundException">No such run, or it was deleted meanwhile.</exception>
    public async IAsyncEnumerable<ProbeFrame> WatchAsync(string runId, string? attentionProbe, [EnumeratorCancellation] CancellationToken ct)
    {
        var board = _boards.GetOrAdd(runId, _ => new Board());
        ProbeFrame? sent = null;
        var (version, read) = (-1, 0L);
        while (true)
        {
            var run = runs.Find(runId) ?? throw new RunNotFoundException(runId);
            var rested = run.State != RunState.Running || clock.GetElapsedTime(read) >= board.Rest;   // a paused run has time
            if (rested && (run.Step != sent?.Step || probes.Version != version))
            {
                (version, read) = (probes.Version, clock.GetTimestamp());
                if (await FrameAsync(run, board, attentionProbe, ct) is { } frame && (frame.Step != sent?.Step || frame.Readings.Count != sent.Readings.Count))
                {
                    sent = frame;
                    yield return frame;
                }
            }

            await Task.Delay(s_interval, clock, ct);
        }
    }

    /// <returns>Null when nothing can answer yet.</returns>
    private async Task<ProbeFrame?> FrameAsync(RunRecord run, Board board, string? attentionProbe, CancellationToken ct)
    {
        if (run.State == RunState.Queued && run.Step == 0) return null;
        var set = await probes.OfAsync(run, ct);
        var live = await runs.AskAsync(run.Id, trainer => board.Read(trainer.Step, set, attentionProbe, trainer.Read), ct);
        if (live is not null) return live;
        if (run.State == RunState.Running) return null;  // loading: its newest weights are not in memory yet

        try
        {
            return await predictions.UseAsync(run.Id, (predictor, weights) => board.Read(weights.Step, set, attentionProbe, predictor.Read), ct);
        }
        catch (RunException)
        {
            return null;                                 // ended before its first checkpoint
        }
    }

    /// <summary>The newest readings of one run; a second watcher at the same step gets what the first one paid for.</summary>
    private sealed class Board
    {
        private const int MostAttentionPixels = 112 * 112;

        private readonly Lock _gate = new();
        private ProbeFrame? _newest;
        private IReadOnlyList<Probe>? _set;

        /// <summary>How long the run is left alone after a frame, by what the last one took.</summary>
        public TimeSpan Rest { get; private set; }

        /// <summary>Attention goes out whole and grows with the square of a picture's patches: that of a pinned drawing on a large canvas is left out.</summary>
        private static bool IsSmall(PlanarImage picture) => picture.Width * picture.Height <= MostAttentionPixels;

        public ProbeFrame Read(long step, IReadOnlyList<Probe> set, string? attentionProbe, Func<PlanarImage, bool, Reading> read)
        {
            lock (_gate)
            {
                if (_newest is { } known && known.Step == step && known.AttentionProbe == attentionProbe && _set is not null && _set.SequenceEqual(set)) return known;
                var started = Stopwatch.GetTimestamp();
                var readings = set.Select(probe => (probe.Id, Reading: read(probe.Image, probe.Id == attentionProbe && IsSmall(probe.Image)))).ToList();
                var watched = readings.FirstOrDefault(pair => pair.Id == attentionProbe).Reading;
                Rest = TimeSpan.FromTicks(Math.Min(s_longestRest.Ticks, Stopwatch.GetElapsedTime(started).Ticks * LargestShare));
                _set = set;
                return _newest = new ProbeFrame(
                    step, [.. readings.Select(pair => ProbeReading.Of(pair.Id, pair.Reading))], watched is null ? null : attentionProbe, watched?.Attention, watched?.CrossAttention);
            }
        }
    }
}
