using VitLab.Data;
using VitLab.Web.Api;
using VitLab.Web.Hubs;
using VitLab.Web.Runs;

namespace VitLab.Web.Startup;

/// <summary>The web application: services in <see cref="AddVitLab"/>, routes in <see cref="MapVitLab"/>.</summary>
public static class WebApp
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <summary>Room for a drawing of many strokes or a picture of 4096 × 4096.</summary>
    private const long LargestBody = 24 * 1024 * 1024;

    /// <param name="args">Host settings such as <c>--urls</c>.</param>
    /// <param name="configure">Runs before the application is built: tests put their doubles in here.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(WebApp).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.AddVitLab();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapVitLab();
        return app;
    }

    public static void AddVitLab(this WebApplicationBuilder builder)
    {
        ChooseAddress(builder);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));   // the current run leaves with a checkpoint
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);   // Serving says in one line why it cannot start
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));

        var folders = LabFolders.Of(builder.Configuration);
        builder.Services.AddLab(folders, DataOptions(builder.Configuration, folders), new RunWorkerOptions());
        builder.AddApi();
        builder.AddHubs();
        builder.AddPages();
    }

    public static void MapVitLab(this WebApplication app)
    {
        app.MapApi();
        app.MapHub<TrainingHub>(TrainingHub.Path);
        app.MapPages();
    }

    /// <summary>Where data is looked for and downloaded from, and how many pen digits are made: VITLAB_DATA and VITLAB_HOME, and section "Data" of the configuration.</summary>
    public static DataCatalogOptions DataOptions(IConfiguration configuration, LabFolders folders)
    {
        var usual = new DataCatalogOptions { Folders = DataFolders.Default(folders.Home) };
        return usual with
        {
            Mirrors = configuration.GetSection("Data:Mirrors").Get<string[]>() ?? [],
            AllowDownload = configuration.GetValue("Data:AllowDownload", usual.AllowDownload),
            PenTraining = configuration.GetValue("Data:PenTraining", usual.PenTraining),
            PenValidation = configuration.GetValue("Data:PenValidation", usual.PenValidation),
            PenTest = configuration.GetValue("Data:PenTest", usual.PenTest),
        };
    }

    private static void AddHubs(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StreamLimit>();
        builder.Services
            .AddSignalR(hub => (hub.MaximumReceiveMessageSize, hub.StreamBufferCapacity) = (64 * 1024, 4))
            .AddJsonProtocol(json => LabJson.Configure(json.PayloadSerializerOptions));
    }

    // --urls and ASPNETCORE_URLS are the host's own ways of saying it; VITLAB_URLS is the lab's.
    private static void ChooseAddress(WebApplicationBuilder builder)
    {
        if (builder.Configuration["VITLAB_URLS"] is { Length: > 0 } urls) builder.WebHost.UseUrls(urls);
        else if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"])) builder.WebHost.UseUrls(DefaultAddress);
    }
}
