using Microsoft.AspNetCore.Components;
using VitLab.Experiments;

namespace VitLab.Web.Components.Grid;

/// <summary>Canvas, cells, and a panel for each reader. Everything that moves is the script's; this hands over which weights answer.</summary>
public sealed partial class GridBoard
{
    private IReadOnlyList<ReaderOptions>? _told;

    [Parameter, EditorRequired]
    public required CanvasGuide Canvas { get; set; }

    /// <summary>Without any, or without weights, drawing works all the same.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<GridReader> Readers { get; set; }

    /// <summary>Told the experiment and the weights chosen for it.</summary>
    [Parameter]
    public EventCallback<(string Experiment, string? Weights)> OnChosen { get; set; }

    private IReadOnlyList<(string Badge, string Name)> Cells => [.. Enumerable.Range(1, Canvas.Rows * Canvas.Columns).Select(cell => ($"{cell}", $"Cell {cell}"))];

    protected override string Module => "grid/grid-board";

    protected override object Options
    {
        get
        {
            _told = ToOptions();
            return new { rows = Canvas.Rows, columns = Canvas.Columns, readers = _told };
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);

        // After rendering, so that the panels of new readers are there.
        if (_told is { } told && ToOptions() is var readers && !told.SequenceEqual(readers))
        {
            _told = readers;
            await CallAsync("setReaders", readers);
        }
    }

    private List<ReaderOptions> ToOptions() =>
        [.. Readers.Select(reader => new ReaderOptions(reader.Experiment.Id, reader.Experiment.Card.Title, reader.Chosen?.Id, reader.Chosen?.Live ?? false))];

    private sealed record ReaderOptions(string Id, string Title, string? Weights, bool Live);
}
