using VitLab.Web.Predictions;
using VitLab.Web.Probes;
using VitLab.Web.Runs;

namespace VitLab.Web.Startup;

/// <summary>The web application: services in <see cref="AddVitLab"/>, routes in <see cref="MapVitLab"/>.</summary>
public static class WebApp
{
    /// <param name="configure">Runs before the application is built: tests put their doubles in here.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddVitLab();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapVitLab();
        return app;
    }

    public static void AddVitLab(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(LabFolders.FromEnvironment());
        builder.Services.AddSingleton<RunService>();
        builder.Services.AddSingleton<PinnedProbes>();
        builder.Services.AddSingleton<PredictionService>();
        builder.AddPages();
    }

    public static void MapVitLab(this WebApplication app)
    {
        app.MapPages();
    }
}
