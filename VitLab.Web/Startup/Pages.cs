using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VitLab.Data;
using VitLab.Web.Components;
using VitLab.Web.Components.Train;

namespace VitLab.Web.Startup;

/// <summary>The pages: Blazor on a live circuit, and the files the browser asks for.</summary>
public static class Pages
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        // Assets are served from a plain build output too, whatever the environment is called.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.TryAddSingleton(_ => new DataCatalog());
        builder.Services.AddSingleton<SpeedGauge>();
        builder.Services.AddSingleton<Forecaster>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // Programs get the API's own answers. (Not a UseWhen branch: finding the page again needs the application's own routing.)
            if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/hub"))
            {
                context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
            }

            return next(context);
        });
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
