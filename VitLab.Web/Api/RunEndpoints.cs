using System.Text.Json;
using VitLab.Models;
using VitLab.Web.Runs;

namespace VitLab.Web.Api;

/// <summary>Runs: list, start, change, command, delete, restore, fork.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("", (RunService service) => service.List()).WithSummary("All runs, newest first.");
        runs.MapGet("/unreadable", (RunService service) => service.Unreadable()).WithSummary("Folders that cannot be read as runs, and why.");
        runs.MapGet("/deleted", (RunService service) => service.Deleted()).WithSummary("Deleted runs that can be restored.");
        runs.MapPost("", StartAsync).WithSummary("Queues a run.").Produces<RunRecord>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409);
        runs.MapPost("/transfer", (StartBody body, RunService service, CancellationToken ct) => service.PreviewTransferAsync(body.ToRequest(), ct))
            .WithSummary("What such a run would take over from the weights it starts from; starts nothing.").ProducesProblem(400);

        var one = runs.MapGroup("/{id}").ProducesProblem(404);
        one.MapGet("", (string id, RunService service) => service.Find(id) ?? throw new RunNotFoundException(id)).WithSummary("One run.");
        one.MapPatch("", PatchAsync).WithSummary("Renames the run or changes its note.").Produces<RunRecord>();
        one.MapDelete("", DeleteAsync).WithSummary("Stops the run if need be and moves it to the trash.").Produces(StatusCodes.Status204NoContent);
        one.MapPost("/restore", (string id, RunService service) => service.RestoreAsync(id)).WithSummary("Brings a deleted run back.");
        one.MapPost("/fork", ForkAsync).WithSummary("A new run that goes on from a checkpoint.").Produces<RunRecord>(StatusCodes.Status201Created);
        one.MapPost("/commands", CommandAsync).WithSummary("Pause, resume, steps, stop or learningRate; answers when it has landed on a step boundary.").Produces<RunRecord>().ProducesProblem(409);
    }

    private static async Task<IResult> StartAsync(StartBody body, RunService service, CancellationToken ct)
    {
        var run = await service.StartAsync(body.ToRequest(), ct);
        return Results.Created($"/api/runs/{run.Id}", run);
    }

    private static async Task<RunRecord> PatchAsync(string id, PatchBody body, RunService service)
    {
        var run = service.Find(id) ?? throw new RunNotFoundException(id);
        if (body.Name is not null) run = await service.RenameAsync(id, body.Name);
        if (body.Note is not null) run = await service.NoteAsync(id, body.Note);
        return run;
    }

    private static async Task<IResult> DeleteAsync(string id, RunService service)
    {
        await service.DeleteAsync(id);
        return Results.NoContent();
    }

    private static async Task<IResult> ForkAsync(string id, ForkBody body, RunService service, CancellationToken ct)
    {
        var run = await service.ForkAsync(id, body.Checkpoint ?? "last", body.Options, ct);
        return Results.Created($"/api/runs/{run.Id}", run);
    }

    private static async Task<RunRecord> CommandAsync(string id, CommandBody body, RunService service, CancellationToken ct)
    {
        RunCommand command = body.Type switch
        {
            "pause" => new PauseRun(),
            "resume" => new ResumeRun(),
            "stop" => new StopRun(),
            "steps" => new RunSteps(body.Steps ?? throw new RunException("steps", "steps: missing; expected how many, at least 1.")),
            "learningRate" => new SetLearningRate(body.Rate ?? throw new RunException("rate", "rate: missing; expected a positive number.")),
            _ => throw new RunException("type", $"type: expected pause, resume, steps, stop or learningRate, got '{body.Type}'."),
        };
        await service.CommandAsync(id, command, ct);
        return service.Find(id) ?? throw new RunNotFoundException(id);
    }

    private static string Required(string? value, string field) =>
        string.IsNullOrEmpty(value) ? throw new RunException(field, $"{field}: missing.") : value;

    private sealed record StartBody(string? Experiment, string? Preset, JsonElement? Options, string? Name, string? From, string? Device)
    {
        public RunRequest ToRequest() => new(Required(Experiment, "experiment"), Preset, Options, Name, From) { Device = Device ?? Hardware.Auto };
    }

    private sealed record PatchBody(string? Name, string? Note);

    private sealed record ForkBody(string? Checkpoint, JsonElement? Options);

    private sealed record CommandBody(string? Type, int? Steps, double? Rate);
}
