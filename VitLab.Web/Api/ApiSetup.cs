using VitLab.Web.Startup;

namespace VitLab.Web.Api;

/// <summary>The HTTP API: JSON by <see cref="LabJson"/>, problem details for every error, a description at /openapi/v1.json.</summary>
internal static class ApiSetup
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => LabJson.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);   // so that ApiProblems can name the field
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ApiProblems>();
        builder.Services.AddOpenApi();
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages());

        app.MapOpenApi();
        var api = app.MapGroup("/api").DisableAntiforgery();
        api.MapGet("/health", (Runs.RunService runs) => new Health("ok", typeof(ApiSetup).Assembly.GetName().Version!.ToString(3), runs.List().Count(run => run.IsOpen), runs.Unreadable().Count))
            .WithTags("Health").WithSummary("Answers when the lab is up.");
        api.MapExperiments();
        api.MapHardware();
        api.MapRuns();
        api.MapRunData();
        api.MapProbes();
        api.MapPredictions();
        api.MapPenDigits();
        api.MapScenes();
        api.MapCorrections();
    }

    private sealed record Health(string Status, string Version, int OpenRuns, int UnreadableRuns);
}
