using VitLab.Experiments;

namespace VitLab.Web.Components.Canvas;

/// <summary>Hands the board the weights that answer, among those that read free paper; the board does the rest in the browser.</summary>
public sealed partial class CanvasPage
{
    private CanvasGuide Canvas => Answering?.Canvas ?? CanvasGuide.Free;

    private IReadOnlyList<string> Classes => Answering?.Classes ?? [];

    private static string TrainAddress => ExperimentCatalog.All.FirstOrDefault(experiment => experiment.Canvas(experiment.Presets[0].Options)?.Limits is not null) is { } experiment
        ? $"/train?experiment={experiment.Id}" : "/train";

    protected override bool Reads(CanvasGuide canvas) => canvas.Limits is not null;
}
