using System.Globalization;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Vision;
using VitLab.Web.Probes;
using VitLab.Web.Runs;

namespace VitLab.Web.Api;

/// <summary>What a run has produced: events, checkpoints, probes and the pictures its mistakes point to.</summary>
internal static class RunDataEndpoints
{
    private const int MostEvents = 10_000;

    public static void MapRunData(this RouteGroupBuilder api)
    {
        var run = api.MapGroup("/runs/{id}").WithTags("Runs").ProducesProblem(404);
        run.MapGet("/events", Events).WithSummary("Events after a sequence number, at most 10,000 at a time.");
        run.MapGet("/checkpoints", (string id, RunService runs) => runs.Checkpoints(id)).WithSummary("The run's checkpoints.");
        run.MapGet("/checkpoints/{file}", Checkpoint).WithSummary("A checkpoint as safetensors; weightsOnly=true leaves training state out.").Produces(200, contentType: "application/octet-stream");
        run.MapGet("/probes", ProbesAsync).WithSummary("Twelve fixed validation samples and the pinned drawings, as the model sees them.");
        run.MapGet("/images/{split}/{file}", ImageAsync).WithSummary("A sample of the run's task as PNG, as the model sees it: validation or test, by index.").Produces(200, contentType: "image/png");
    }

    private static EventPage Events(string id, RunService runs, long after = 0, int limit = 1000)
    {
        if (limit is < 1 or > MostEvents) throw new RunException("limit", $"limit: expected 1 to {MostEvents}, got {limit}.");
        if (after < 0) throw new RunException("after", $"after: expected 0 or a sequence number, got {after}.");
        if (runs.Find(id) is null) throw new RunNotFoundException(id);
        var events = runs.Events(id, after, limit);
        return new EventPage(events, events.Count > 0 ? events[^1].Sequence : after);
    }

    private static IResult Checkpoint(string id, string file, RunStore store, bool weightsOnly = false)
    {
        const string Extension = ".safetensors";
        var folder = store.Folder(store.Get(id).Id);
        var name = file.EndsWith(Extension, StringComparison.Ordinal) ? file[..^Extension.Length] : file;
        var path = folder.Checkpoint(name);
        if (!File.Exists(path)) throw new RunNotFoundException($"{id}/{name}");
        var download = $"{id}-{name}{Extension}";
        return weightsOnly
            ? Results.Stream(async body =>
            {
                // The writer is synchronous and Kestrel's stream is not.
                using var whole = new MemoryStream();
                Experiments.Checkpoint.Load(path).WeightsOnly().Save(whole);
                whole.Position = 0;
                await whole.CopyToAsync(body);
            }, "application/octet-stream", download)
            : Results.File(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), "application/octet-stream", download);
    }

    private static async Task<IEnumerable<ProbeView>> ProbesAsync(string id, RunService runs, ProbeSet probes, CancellationToken ct) =>
        (await probes.OfAsync(runs.Find(id) ?? throw new RunNotFoundException(id), ct)).Select(ProbeView.Of);

    private static async Task<IResult> ImageAsync(string id, string split, string file, RunService runs, LabData data, HttpContext context, CancellationToken ct)
    {
        var run = runs.Find(id) ?? throw new RunNotFoundException(id);
        var part = split switch
        {
            "validation" => Split.Validation,
            "test" => Split.Test,
            _ => throw new RunException("split", $"split: expected validation or test, got '{split}'."),
        };
        var images = (await data.LoadAsync(run.Options.Data, run.Options.Seed, ct: ct))[part];
        if (!int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= images.Count)
        {
            throw new RunException("index", $"index: expected 0 to {images.Count - 1}, got '{file}'.");
        }

        context.Response.Headers.CacheControl = "private, max-age=86400";
        return Results.Bytes(Png.Encode(ExperimentCatalog.Find(run.Experiment).Sample(images, index, run.Options).Picture), "image/png");
    }

    private sealed record EventPage(IReadOnlyList<SequencedEvent> Events, long Next);

    private sealed record ProbeView(string Id, IReadOnlyList<int>? Labels, int Width, int Height, int Channels, byte[] Pixels, bool Pinned)
    {
        public static ProbeView Of(Probe probe) => new(probe.Id, probe.Labels, probe.Image.Width, probe.Image.Height, probe.Image.Channels, probe.Image.Pixels, probe.Pinned);
    }
}
