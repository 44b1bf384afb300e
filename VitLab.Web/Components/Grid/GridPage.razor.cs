using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using VitLab.Experiments;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Grid;

/// <summary>
/// Chooses the canvas and, for each model that reads it, which weights answer: both in the address ("/grid?canvas=3x3&amp;grid-heads=brave-otter-1"),
/// so a link or a reload keeps them. The board does the rest in the browser.
/// </summary>
public sealed partial class GridPage : IDisposable
{
    private WeightsList? _weights;
    private IReadOnlyList<CanvasGuide> _canvases = [];
    private IReadOnlyList<GridReader> _readers = [];
    private CanvasGuide _canvas = CanvasGuide.Single;
    private IDisposable? _subscription;

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string Count => (_canvas.Rows * _canvas.Columns) switch
    {
        4 => "four",
        9 => "nine",
        16 => "sixteen",
        var cells => cells.ToString(CultureInfo.InvariantCulture),
    };

    protected override void OnInitialized()
    {
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
        Navigation.LocationChanged += OnLocationChanged;
        _weights = new WeightsList(Predictions);
        Choose();
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _subscription?.Dispose();
    }

    private void Follow(RunRecord? run)
    {
        if (_weights!.Follow(run)) Refresh();
    }

    private void OnLocationChanged(object? sender, Microsoft.AspNetCore.Components.Routing.LocationChangedEventArgs change) => _ = InvokeAsync(Refresh);

    private void Refresh()
    {
        Choose();
        StateHasChanged();
    }

    private void Choose()
    {
        var address = QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query);
        _canvases = GridReader.Canvases(_weights!.All);
        _canvas = _canvases.FirstOrDefault(canvas => NameOf(canvas) == address.GetValueOrDefault("canvas")) ?? _canvases[0];
        var before = _readers.ToDictionary(reader => reader.Experiment.Id, reader => reader.Chosen?.Id);
        _readers = GridReader.On(_canvas, _weights.On(_canvas), experiment => address.TryGetValue(experiment, out var named) ? named.ToString() : before.GetValueOrDefault(experiment));
    }

    private void ChooseWeights((string Experiment, string? Weights) choice) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(choice.Experiment, choice.Weights), replace: true);

    private string AddressOf(CanvasGuide canvas) => Navigation.GetUriWithQueryParameter("canvas", NameOf(canvas));

    private static string NameOf(CanvasGuide canvas) => string.Create(CultureInfo.InvariantCulture, $"{canvas.Rows}x{canvas.Columns}");
}
