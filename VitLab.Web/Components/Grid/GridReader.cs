using VitLab.Experiments;
using VitLab.Web.Predictions;

namespace VitLab.Web.Components.Grid;

/// <summary>One model that reads what is drawn on a canvas.</summary>
/// <param name="Choices">Its weights that read this canvas, the first choice first.</param>
/// <param name="Chosen">Null while no weights can answer.</param>
public sealed record GridReader(Experiment Experiment, IReadOnlyList<WeightsChoice> Choices, WeightsChoice? Chosen)
{
    /// <summary>Every experiment made for this canvas, and every other one that has weights for it.</summary>
    /// <param name="wanted">Id of the weights wanted for an experiment, by its id.</param>
    public static IReadOnlyList<GridReader> On(CanvasGuide canvas, IReadOnlyList<WeightsChoice> choices, Func<string, string?> wanted) =>
    [
        .. from experiment in ExperimentCatalog.All
           let own = choices.Where(choice => choice.Experiment == experiment.Id).ToList()
           where own.Count > 0 || Canvas(experiment) == canvas
           select new GridReader(experiment, own, WeightsList.Pick(own, wanted(experiment.Id))),
    ];

    /// <summary>The canvases of several rows of cells that something is made for, the smallest first.</summary>
    public static IReadOnlyList<CanvasGuide> Canvases(IEnumerable<WeightsChoice> choices) =>
        [.. ExperimentCatalog.All.Select(Canvas).Concat(choices.Select(choice => choice.Canvas)).OfType<CanvasGuide>().Where(canvas => canvas.Rows > 1).Distinct().OrderBy(canvas => canvas.Rows * canvas.Columns)];

    private static CanvasGuide? Canvas(Experiment experiment) => experiment.Canvas(experiment.Presets[0].Options);
}
