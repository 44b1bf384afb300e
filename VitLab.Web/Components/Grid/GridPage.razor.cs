using System.Globalization;
using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Grid;

/// <summary>
/// Chooses the canvas and, for each model that reads it, which weights answer ("/grid?canvas=3x3&amp;grid-heads=brave-otter-1"). The board does the rest in the browser.
/// </summary>
public sealed partial class GridPage
{
    private WeightsList? _weights;
    private IReadOnlyList<CanvasGuide> _canvases = [];
    private IReadOnlyList<GridReader> _readers = [];
    private CanvasGuide _canvas = CanvasGuide.Single;

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    private string Count => (_canvas.Rows * _canvas.Columns) switch
    {
        4 => "four",
        9 => "nine",
        16 => "sixteen",
        var cells => cells.ToString(CultureInfo.InvariantCulture),
    };

    protected override void OnInitialized()
    {
        Keep(Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run))));
        _weights = new WeightsList(Predictions);
        base.OnInitialized();
    }

    protected override void Adopt()
    {
        _canvases = GridReader.Canvases(_weights!.All);
        _canvas = _canvases.FirstOrDefault(canvas => NameOf(canvas) == Chosen("canvas")) ?? _canvases[0];
        var before = _readers.ToDictionary(reader => reader.Experiment.Id, reader => reader.Chosen?.Id);
        _readers = GridReader.On(_canvas, _weights.On(_canvas), experiment => Chosen(experiment) ?? before.GetValueOrDefault(experiment));
    }

    private void Follow(RunRecord? run)
    {
        if (!_weights!.Follow(run)) return;
        Adopt();
        StateHasChanged();
    }

    private Task ChooseWeightsAsync((string Experiment, string? Weights) choice) => ChooseAsync(choice.Experiment, choice.Weights);

    private string AddressOf(CanvasGuide canvas) => AddressWith("canvas", NameOf(canvas));

    private static string NameOf(CanvasGuide canvas) => string.Create(CultureInfo.InvariantCulture, $"{canvas.Rows}x{canvas.Columns}");
}
