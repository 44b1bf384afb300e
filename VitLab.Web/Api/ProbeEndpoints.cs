using VitLab.Vision;
using VitLab.Web.Probes;

namespace VitLab.Web.Api;

/// <summary>The lab's pinned drawings.</summary>
internal static class ProbeEndpoints
{
    public static void MapProbes(this RouteGroupBuilder api)
    {
        var probes = api.MapGroup("/probes").WithTags("Probes");
        probes.MapGet("", (PinnedProbes pinned) => pinned.List()).WithSummary("The pinned drawings.");
        probes.MapPost("", Pin).WithSummary("Pins a drawing; every run reads it from now on.").Produces<PinnedProbe>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409);
        probes.MapDelete("/{id}", Unpin).WithSummary("Takes a pinned drawing down.").Produces(StatusCodes.Status204NoContent).ProducesProblem(404);
    }

    private static IResult Pin(Drawing drawing, PinnedProbes pinned)
    {
        var probe = pinned.Add(drawing);
        return Results.Created($"/api/probes/{probe.Id}", probe);
    }

    private static IResult Unpin(string id, PinnedProbes pinned) =>
        pinned.Remove(id) ? Results.NoContent() : Results.Problem($"No drawing is pinned as '{id}'.", statusCode: StatusCodes.Status404NotFound);
}
