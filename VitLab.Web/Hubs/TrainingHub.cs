using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using VitLab.Data;
using VitLab.Web.Probes;
using VitLab.Web.Runs;

namespace VitLab.Web.Hubs;

/// <summary>Live numbers and attention maps for browsers and outside clients; docs/hub.md describes it for them.</summary>
public sealed class TrainingHub(RunService runs, ProbeBoard probes, StreamLimit limit, TimeProvider clock) : Hub
{
    public const string Path = "/hub/training";

    private const int LargestUpdate = 4000;              // events; a snapshot of more comes in several updates

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(125);

    /// <summary>History after a sequence number in large updates, then at most eight updates a second. Ends when the run has ended.</summary>
    public async IAsyncEnumerable<RunUpdate> Watch(string runId, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        using var place = limit.Enter(Context.ConnectionId);
        if (runs.Find(runId ?? "") is null) throw new HubException($"No run is called '{runId}'.");
        await foreach (var batch in runs.WatchAsync(runId!, after, ct).InBatchesAsync(s_interval, LargestUpdate, clock, ct))
        {
            yield return RunUpdate.Of(batch);
        }
    }

    /// <summary>How the run reads its probes, at most four frames a second; endless.</summary>
    /// <param name="attentionProbeId">Probe whose attention maps come along; null for none.</param>
    public async IAsyncEnumerable<ProbeFrame> WatchProbes(string runId, string? attentionProbeId, [EnumeratorCancellation] CancellationToken ct)
    {
        using var place = limit.Enter(Context.ConnectionId);
        await using var frames = probes.WatchAsync(runId ?? "", attentionProbeId, ct).GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await frames.MoveNextAsync()) yield break;
            }
            catch (Exception e) when (e is RunException or DataException)
            {
                throw new HubException(e.Message);
            }

            yield return frames.Current;
        }
    }
}
