using System.Text.Json;

namespace VitLab.Tests.Support;

/// <summary>Runs over HTTP, as an outside client sees them.</summary>
public static class RunClient
{
    /// <summary>Starts a small run on pen digits that lasts until it is stopped and saves every second; returns its id.</summary>
    /// <param name="options">Beside those of a small run, or instead of them.</param>
    public static async Task<string> StartLongRunAsync(
        this LabServer server, string preset = "d16", string experiment = "single-digit", IReadOnlyDictionary<string, object>? options = null)
    {
        var all = new Dictionary<string, object>
        {
            ["data"] = "pen", ["samplesPerEpoch"] = 2560, ["batchSize"] = 64, ["epochs"] = 1000, ["checkpointSeconds"] = 1,
        };
        foreach (var (name, value) in options ?? new Dictionary<string, object>())
        {
            all[name] = value;
        }

        var run = await server.PostAsync("/api/runs", new { experiment, preset, options = all });
        return run.GetProperty("id").GetString()!;
    }

    public static Task<JsonElement> RunAsync(this LabServer server, string id) => server.GetAsync($"/api/runs/{id}");

    /// <summary>Waits until the run's record satisfies <paramref name="accept"/>.</summary>
    public static Task<JsonElement> WaitForRunAsync(this LabServer server, string id, string what, Func<JsonElement, bool> accept, double seconds = Limit.Seconds) =>
        Eventually.GetAsync(what, () => server.RunAsync(id), accept, seconds);

    public static Task<JsonElement> CommandAsync(this LabServer server, string id, string type) =>
        server.PostAsync($"/api/runs/{id}/commands", new { type });

    /// <summary>Every event so far, in order.</summary>
    public static async Task<IReadOnlyList<RunEvent>> EventsAsync(this LabServer server, string id)
    {
        var events = new List<RunEvent>();
        while (true)
        {
            var after = events.Count == 0 ? 0 : events[^1].Sequence;
            var page = (await server.GetAsync($"/api/runs/{id}/events?after={after}&limit=1000")).GetProperty("events");
            if (page.GetArrayLength() == 0)
            {
                return events;
            }

            events.AddRange(page.EnumerateArray().Select(e => new RunEvent(e.GetProperty("sequence").GetInt64(), e.GetProperty("event"))));
        }
    }

    public static string State(this JsonElement run) => run.GetProperty("state").GetString()!.ToLowerInvariant();

    public static long Step(this JsonElement run) => run.GetProperty("step").GetInt64();
}

public sealed record RunEvent(long Sequence, JsonElement Body)
{
    public string Type => Body.GetProperty("type").GetString()!;

    public long Step => Body.GetProperty("step").GetInt64();
}
