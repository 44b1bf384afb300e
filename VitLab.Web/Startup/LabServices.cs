using VitLab.Data;
using VitLab.Web.Corrections;
using VitLab.Web.Predictions;
using VitLab.Web.Probes;
using VitLab.Web.Runs;
using VitLab.Web.Scenes;

namespace VitLab.Web.Startup;

/// <summary>The lab without a screen, as server and command line share it.</summary>
public static class LabServices
{
    public static void AddLab(this IServiceCollection services, LabFolders folders, DataCatalogOptions data, RunWorkerOptions worker)
    {
        services.AddSingleton(folders);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<RunFiles>();
        services.AddSingleton(_ => new DataCatalog(data));
        services.AddSingleton<LabData>();

        services.AddSingleton<RunStore>();
        services.AddSingleton<RunStreams>();
        services.AddSingleton<RunNotifier>();
        services.AddSingleton<RunQueue>();
        services.AddSingleton<RunContext>();
        services.AddSingleton<CheckpointLocator>();
        services.AddSingleton(provider => new CorrectionStore(
            provider.GetRequiredService<LabFolders>().Corrections, provider.GetRequiredService<RunFiles>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RunService(
            provider.GetRequiredService<RunStore>(),
            provider.GetRequiredService<RunQueue>(),
            provider.GetRequiredService<RunStreams>(),
            provider.GetRequiredService<RunContext>(),
            provider.GetRequiredService<RunNotifier>(),
            provider.GetRequiredService<CheckpointLocator>(),
            provider.GetRequiredService<CorrectionStore>()));

        services.AddSingleton(worker);
        services.AddSingleton<RunWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<RunWorker>());

        services.AddSingleton(provider => new PinnedProbes(provider.GetRequiredService<LabFolders>().PinnedProbes, provider.GetRequiredService<RunFiles>()));
        services.AddSingleton<ProbeSet>();
        services.AddSingleton<PredictionService>();
        services.AddSingleton<ScenePreview>();
        services.AddSingleton<ProbeBoard>();
        services.AddSingleton(provider => new TeachingService(
            provider.GetRequiredService<RunService>(),
            provider.GetRequiredService<RunContext>(),
            provider.GetRequiredService<CheckpointLocator>()));
    }
}
