using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VitLab.Data;
using VitLab.Tests.Support;
using VitLab.Training;
using VitLab.Web.Corrections;
using VitLab.Web.Probes;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Tests.Runs;

/// <summary>The real lab over a folder of its own, with tiny data, a tiny model and no server.</summary>
public sealed class TestLab : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestLab(TemporaryFolder home, RunFiles? files = null, LabData? data = null, RunWorkerOptions? worker = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLab(new LabFolders(home.Path), new DataCatalogOptions(), worker ?? new RunWorkerOptions());
        services.AddSingleton(files ?? new RunFiles());
        services.AddSingleton(data ?? new TinyData());
        _services = services.BuildServiceProvider();
    }

    public RunService Runs => _services.GetRequiredService<RunService>();

    public RunStore Store => _services.GetRequiredService<RunStore>();

    public PredictionService Predictions => _services.GetRequiredService<PredictionService>();

    public CorrectionStore Corrections => _services.GetRequiredService<CorrectionStore>();

    public TeachingService Teaching => _services.GetRequiredService<TeachingService>();

    public PinnedProbes Pinned => _services.GetRequiredService<PinnedProbes>();

    public ProbeSet Probes => _services.GetRequiredService<ProbeSet>();

    public ProbeBoard Board => _services.GetRequiredService<ProbeBoard>();

    /// <summary>A request for a tiny model: 4 steps an epoch of 64 images.</summary>
    public static RunRequest Request(int epochs = 2, params (string Key, object Value)[] more) => Request("single-digit", "d16", epochs, more);

    /// <summary>The same of any task on the backbone.</summary>
    public static RunRequest Request(string experiment, string? preset = null, int epochs = 1, params (string Key, object Value)[] more)
    {
        var options = new Dictionary<string, object>
        {
            ["samplesPerEpoch"] = 256, ["batchSize"] = 64, ["epochs"] = epochs, ["dim"] = 8, ["depth"] = 1, ["heads"] = 2, ["mlpDim"] = 8, ["warmUpEpochs"] = 0,
        };
        foreach (var (key, value) in more) options[key] = value;
        return new RunRequest(experiment, preset, JsonSerializer.SerializeToElement(options));
    }

    /// <summary>The same model on a run that lasts until it is stopped.</summary>
    public static RunRequest Endless() => Request(epochs: 1000, ("batchSize", 2));

    public async Task<TestLab> StartAsync()
    {
        await _services.GetRequiredService<RunWorker>().StartAsync(CancellationToken.None);
        return this;
    }

    /// <summary>As a host that goes down.</summary>
    public Task StopAsync() => _services.GetRequiredService<RunWorker>().StopAsync(CancellationToken.None);

    /// <summary>Waits, without polling, until the run's record satisfies <paramref name="accept"/>.</summary>
    public async Task<RunRecord> WaitAsync(string id, Func<RunRecord, bool> accept)
    {
        var reached = new TaskCompletionSource<RunRecord>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = Runs.OnChanged(run =>
        {
            if (run?.Id == id && accept(run)) reached.TrySetResult(run);
        });
        if (Runs.Find(id) is { } now && accept(now)) return now;
        try
        {
            return await reached.Task.WaitAsync(Limit.Time);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Last seen: {Runs.Find(id)}");
        }
    }

    public Task<RunRecord> WaitAsync(string id, RunState state) => WaitAsync(id, run => run.State == state);

    /// <summary>Waits until the run has told this many steps.</summary>
    public Task WaitForStepAsync(string id, long step) => WaitForEventAsync<StepCompleted>(id, taken => taken.Step >= step);

    public async Task WaitForEventAsync<T>(string id, Func<T, bool> accept) where T : TrainingEvent
    {
        using var patience = new CancellationTokenSource(Limit.Time);
        await foreach (var e in Runs.WatchAsync(id, 0, patience.Token))
        {
            if (e.Event is T happened && accept(happened)) return;
        }

        throw new InvalidOperationException($"The run ended without the {typeof(T).Name} that was waited for.");
    }

    public List<TrainingEvent> Events(string id) => [.. Runs.Events(id, 0, int.MaxValue).Select(e => e.Event)];

    public List<StepCompleted> Steps(string id) => [.. Events(id).OfType<StepCompleted>()];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}
