using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using VitLab.Data;
using VitLab.Web.Startup;

namespace VitLab.Web.Cli;

/// <summary>data: what is found where, whether it is what was published, and what can be made.</summary>
internal static class DataCommand
{
    public static Command Create(CliConsole console, Func<Lab> open)
    {
        var download = new Option<bool>("--download") { Description = "Download MNIST when it is not here." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("data", "Lists the lab's data with checksums and counts.") { download, json };
        command.SetAction((parsed, ct) => CommandLine.GuardAsync(console, async () =>
        {
            await using var lab = open();
            using (var progress = new ActivityLine(console))
            {
                if (parsed.GetValue(download)) await lab.Data.LoadAsync("mnist", 1, progress.Show, ct);
            }

            var report = await DescribeAsync(lab, ct);
            if (parsed.GetValue(json)) await console.Out.WriteLineAsync(JsonSerializer.Serialize(report, LabJson.Options));
            else await SayAsync(console.Out, report);
            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task<DataReport> DescribeAsync(Lab lab, CancellationToken ct)
    {
        var options = lab.DataOptions;
        var files = new List<DataFile>();
        var mnist = (SplitCounts?)null;
        if (lab.Catalog.FolderOf("mnist") is { } folder)
        {
            foreach (var file in MnistFile.All) files.Add(await CheckAsync(file, file.FindIn(folder)!, ct));
            var splits = await lab.Data.LoadAsync("mnist", 1, ct: ct);
            mnist = new SplitCounts(splits.Train.Count, splits.Validation.Count, splits.Test.Count);
        }

        return new DataReport(
            options.Folders.Search, options.Folders.Download,
            new SourceReport("mnist", lab.Catalog.FolderOf("mnist"), mnist, files),
            new SourceReport("pen", null, new SplitCounts(options.PenTraining, options.PenValidation, options.PenTest), []),
            [await PicturesAsync(lab, "cifar-10", ct), await PicturesAsync(lab, "fashion-mnist", ct)]);
    }

    private static async Task<PictureReport> PicturesAsync(Lab lab, string source, CancellationToken ct)
    {
        if (lab.Catalog.FolderOf(source) is not { } folder) return new PictureReport(source, null, null, null);
        var splits = await lab.Data.LoadAsync(source, 1, ct: ct);
        return new PictureReport(source, folder, splits.Description, splits.Checksum);
    }

    private static async Task<DataFile> CheckAsync(MnistFile file, string path, CancellationToken ct)
    {
        await using var stream = File.OpenRead(path);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
        return new DataFile(path, stream.Length, sha256, sha256 == file.Sha256);
    }

    private static async Task SayAsync(TextWriter writer, DataReport report)
    {
        await writer.WriteLineAsync($"Searched: {string.Join(", ", report.Searched)}. Downloads go to {report.Downloads}.");
        if (report.Mnist.Folder is null) await writer.WriteLineAsync("mnist: not here. 'data --download' fetches it (11.6 MB); a run that needs it does so by itself.");
        else await writer.WriteLineAsync($"mnist: {report.Mnist.Folder}: {report.Mnist.Counts}");
        foreach (var file in report.Mnist.Files)
        {
            await writer.WriteLineAsync($"  {Path.GetFileName(file.Path)}  {file.Bytes:N0} bytes  sha256 {file.Sha256[..16]}…  {(file.IsPublished ? "as published" : "NOT the published file")}");
        }

        await writer.WriteLineAsync($"pen: generated when needed: {report.Pen.Counts}");
        await writer.WriteLineAsync("mix: both, half and half; tested on MNIST's test digits");
        await writer.WriteLineAsync("pen-unseen: pen digits by hands and skeletons that no training sees; for eval alone");
        foreach (var pictures in report.Pictures)
        {
            await writer.WriteLineAsync(pictures.Folder is null
                ? $"{pictures.Source}: not here; the lab does not download it"
                : $"{pictures.Source}: {pictures.Folder}: {pictures.Description} Checksum {pictures.Checksum}.");
        }
    }

    /// <summary>What <c>data --json</c> prints.</summary>
    private sealed record DataReport(IReadOnlyList<string> Searched, string Downloads, SourceReport Mnist, SourceReport Pen, IReadOnlyList<PictureReport> Pictures);

    private sealed record SourceReport(string Source, string? Folder, SplitCounts? Counts, IReadOnlyList<DataFile> Files);

    /// <summary>Null where the source is not found.</summary>
    private sealed record PictureReport(string Source, string? Folder, string? Description, string? Checksum);

    private sealed record SplitCounts(int Train, int Validation, int Test)
    {
        public override string ToString() => $"{Train:N0} training, {Validation:N0} validation, {Test:N0} test digits";
    }

    private sealed record DataFile(string Path, long Bytes, string Sha256, bool IsPublished);
}
