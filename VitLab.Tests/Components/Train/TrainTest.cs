using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Web.Components.Train;
using VitLab.Web.Predictions;
using VitLab.Web.Probes;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Train;

/// <summary>The live page's services: doubles at the edges, a forecaster that never measures.</summary>
public abstract class TrainTest : ComponentTest
{
    private protected TrainTest()
    {
        Services.AddSingleton<RunService>(Runs);
        Services.AddSingleton<PredictionService>(Weights);
        Services.AddSingleton(new DataCatalog(new DataCatalogOptions { Folders = new DataFolders([], ""), AllowDownload = false }));
        Services.AddSingleton<Forecaster>(services => new QuietForecaster(Runs, services.GetRequiredService<DataCatalog>()));
        Services.AddSingleton(new PinnedProbes(Path.Combine(Path.GetTempPath(), $"vitlab-no-such-{Guid.NewGuid():N}"), new RunFiles()));
    }

    private protected RunsDouble Runs { get; } = new();

    private protected WeightsDouble Weights { get; } = new();

    private protected static RunDraft Draft(string preset = "d64") => RunDraft.Of(ExperimentCatalog.All[0], ExperimentCatalog.All[0].FindPreset(preset));

    private sealed class QuietForecaster(RunService runs, DataCatalog data) : Forecaster(runs, data, new SpeedGauge(), NullLogger<Forecaster>.Instance)
    {
        public override Task<bool> MeasureAsync(Experiment experiment, CancellationToken ct) => Task.FromResult(true);
    }
}
