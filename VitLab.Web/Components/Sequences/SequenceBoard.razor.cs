using Microsoft.AspNetCore.Components;
using VitLab.Experiments;

namespace VitLab.Web.Components.Sequences;

/// <summary>Canvas, cells, and a panel for each task. Everything that moves is the script's; this hands over which weights answer.</summary>
public sealed partial class SequenceBoard
{
    private static readonly CanvasGuide s_canvas = new(1, 11);
    private static readonly IReadOnlyList<(string Badge, string Name)> s_cells = [("A", "Anchor"), .. Enumerable.Range(1, 10).Select(image => ($"{image}", $"Image {image}"))];

    private List<TaskOptions>? _told;

    [Parameter, EditorRequired]
    public required IReadOnlyList<SequenceTask> Tasks { get; set; }

    /// <summary>Told a reader and the weights chosen for it.</summary>
    [Parameter]
    public EventCallback<(SequenceReader Reader, string? Weights)> OnChosen { get; set; }

    protected override string Module => "sequences/sequence-board";

    protected override object Options => new { tasks = _told = ToOptions() };

    protected override async Task OnParametersSetAsync()
    {
        if (_told is { } told && ToOptions() is var tasks && !told.SelectMany(task => task.Readers).SequenceEqual(tasks.SelectMany(task => task.Readers)))
        {
            _told = tasks;
            await CallAsync("setReaders", tasks);
        }
    }

    private List<TaskOptions> ToOptions() => [.. Tasks.Select(task => new TaskOptions(task.Experiment.Id, [.. task.Readers.Select(ToOptions)]))];

    private static ReaderOptions ToOptions(SequenceReader reader) =>
        new(reader.Id, reader.Preset.Title, reader.Experiment.Classes(reader.Preset.Options), reader.Chosen?.Id, reader.Chosen?.Live ?? false);

    private sealed record TaskOptions(string Id, IReadOnlyList<ReaderOptions> Readers);

    private sealed record ReaderOptions(string Id, string Title, IReadOnlyList<string> Classes, string? Weights, bool Live);
}
