using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using VitLab.Vision;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Api;

/// <summary>Corrected drawings, and what is taught from them.</summary>
internal static class CorrectionEndpoints
{
    private const string LinesType = "application/jsonl";

    public static void MapCorrections(this RouteGroupBuilder api)
    {
        var corrections = api.MapGroup("/corrections").WithTags("Corrections");
        corrections.MapGet("", (CorrectionStore store) => store.List()).WithSummary("All corrections, oldest first.");
        corrections.MapPost("", Add).WithSummary("Takes a drawn digit and what it is; of a grid, the digit of one cell.").Produces<Correction>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409);
        corrections.MapGet("/export", (CorrectionStore store) => Lines(store.List())).WithSummary("The corrections as a drawings file.").Produces(200, contentType: LinesType);
        corrections.MapPost("/export", Export).WithSummary("Some of them, by ids separated by commas.").Produces(200, contentType: LinesType);
        corrections.MapPost("/import", ImportAsync).WithSummary("Takes labelled drawings from a drawings file: all of them, or none when a line is wrong.").Produces<ImportResult>().ProducesProblem(400).ProducesProblem(409);

        var one = corrections.MapGroup("/{id}").ProducesProblem(404);
        one.MapPatch("", (string id, LabelBody body, CorrectionStore store) => store.Relabel(id, Required(body.Label))).WithSummary("Changes the label.").Produces<Correction>();
        one.MapDelete("", Delete).WithSummary("Deletes a correction.").Produces(StatusCodes.Status204NoContent);
        one.MapPost("/restore", (string id, CorrectionStore store) => store.Restore([id])[0]).WithSummary("Brings a deleted correction back.").Produces<Correction>();
        one.MapGet("/picture", Picture).WithSummary("The digit as a model sees it, as PNG.").Produces(200, contentType: "image/png");

        var teachings = api.MapGroup("/teachings").WithTags("Teaching");
        teachings.MapGet("", (TeachingService teaching) => teaching.List()).WithSummary("Runs that teach corrections, newest first.");
        teachings.MapPost("", TeachAsync).WithSummary("Starts a short run that teaches the corrections to weights.").Produces<RunRecord>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409);
        teachings.MapPost("/{id}/verdict", Decide).WithSummary("Lets the taught weights answer, or not.").Produces<RunRecord>().ProducesProblem(404).ProducesProblem(409);
    }

    private static IResult Add(AddBody body, CorrectionStore store)
    {
        var drawing = body.Drawing ?? throw new RunException("drawing", "drawing: missing; expected width, height and strokes.");
        var digit = body.Cell is { } cell ? Cell(drawing, cell) : drawing;
        var correction = store.Add(digit with { Label = [Required(body.Label)] }, body.ReadAs, body.Weights);
        return Results.Created($"/api/corrections/{correction.Id}", correction);
    }

    private static Drawing Cell(Drawing grid, int cell)
    {
        var cells = DrawnCells.Of(grid);
        return cell >= 0 && cell < cells.Count ? cells[cell] : throw new RunException("cell", $"cell: expected 0 to {cells.Count - 1}, got {cell}.");
    }

    private static IResult Delete(string id, CorrectionStore store) =>
        store.Delete([id]).Count > 0 ? Results.NoContent() : throw new RunNotFoundException(id, "correction");

    private static IResult Export([FromForm] string ids, CorrectionStore store)
    {
        var chosen = ids.Split(',').ToHashSet();
        return Lines(store.List().Where(correction => chosen.Contains(correction.Id)));
    }

    private static IResult Lines(IEnumerable<Correction> corrections)
    {
        var lines = new StringBuilder();
        foreach (var correction in corrections) lines.Append(JsonSerializer.Serialize(correction, LabJson.Options)).Append('\n');
        return Results.File(Encoding.UTF8.GetBytes(lines.ToString()), LinesType, "corrections.jsonl");
    }

    private static async Task<ImportResult> ImportAsync(HttpRequest request, CorrectionStore store)
    {
        using var body = new StreamReader(request.Body, Encoding.UTF8);
        using var lines = new StringReader(await body.ReadToEndAsync(request.HttpContext.RequestAborted));
        return CorrectionImport.Take(store, lines);
    }

    private static IResult Picture(string id, CorrectionStore store, HttpContext context)
    {
        var seen = MnistNormalizer.Normalize(store.Get(id).Drawing)!;
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";   // an id means these strokes for ever
        return Results.Bytes(Png.Encode(seen), "image/png");
    }

    private static async Task<IResult> TeachAsync(TeachBody body, TeachingService teaching, CancellationToken ct)
    {
        var weights = string.IsNullOrEmpty(body.Weights) ? throw new RunException("weights", "weights: missing; expected an id from /api/weights.") : body.Weights;
        try
        {
            var run = await teaching.StartAsync(weights, ct);
            return Results.Created($"/api/runs/{run.Id}", run);
        }
        catch (RunException e) when (e.Field == "from")
        {
            throw new RunException("weights", e.Message);
        }
    }

    private static RunRecord Decide(string id, VerdictBody body, TeachingService teaching) => teaching.Decide(id, body.Verdict switch
    {
        "accepted" => true,
        "rejected" => false,
        _ => throw new RunException("verdict", $"verdict: expected accepted or rejected, got '{body.Verdict}'."),
    });

    private static int Required(int? label) => label ?? throw new RunException("label", "label: missing; expected a digit 0 to 9.");

    /// <summary>A drawing and the digit it is; of a drawing on a grid canvas, the cell (from 0, in reading order) that is meant.</summary>
    private sealed record AddBody(Drawing? Drawing, int? Label, int? Cell, int? ReadAs, string? Weights);

    private sealed record LabelBody(int? Label);

    private sealed record TeachBody(string? Weights);

    private sealed record VerdictBody(string? Verdict);
}
