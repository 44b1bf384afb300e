using VitLab.Data;
using VitLab.Experiments;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Cli;

/// <summary>The lab's services without a server. It trains the runs it is asked to and leaves those of other processes alone.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Lab(ServiceProvider services) => _services = services;

    public DataCatalogOptions DataOptions => _services.GetRequiredService<DataCatalogOptions>();

    public DataCatalog Catalog => _services.GetRequiredService<DataCatalog>();

    public LabData Data => _services.GetRequiredService<LabData>();

    public RunService Runs => _services.GetRequiredService<RunService>();

    public RunStore Store => _services.GetRequiredService<RunStore>();

    public LabFolders Folders => _services.GetRequiredService<LabFolders>();

    /// <param name="configure">Tests put their doubles in here.</param>
    public static Lab Open(Action<IServiceCollection>? configure = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();
        var folders = LabFolders.Of(configuration);
        var data = WebApp.DataOptions(configuration, folders);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true));
        services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        services.AddSingleton(data);
        services.AddLab(folders, data, new RunWorkerOptions(ResumeInterrupted: false));
        configure?.Invoke(services);
        var lab = new Lab(services.BuildServiceProvider());
        lab.Folders.Require();
        return lab;
    }

    public Task StartWorkerAsync() => _services.GetRequiredService<RunWorker>().StartAsync(CancellationToken.None);

    public Task StopWorkerAsync() => _services.GetRequiredService<RunWorker>().StopAsync(CancellationToken.None);

    /// <param name="reference">A path, a run id, "run-id/checkpoint", or the name of a shipped checkpoint.</param>
    /// <exception cref="RunException">None of these.</exception>
    /// <exception cref="Models.CheckpointException">The file is broken or not ours.</exception>
    public Checkpoint LoadCheckpoint(string reference)
    {
        if (File.Exists(reference)) return Checkpoint.Load(reference);
        if (reference.Contains(".safetensors", StringComparison.Ordinal)) throw new RunException("checkpoint", $"--checkpoint: there is no file '{reference}'.");
        return Checkpoint.Load(_services.GetRequiredService<CheckpointLocator>().Find(reference).Path);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
