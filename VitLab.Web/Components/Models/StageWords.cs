using System.Globalization;
using VitLab.Insight;
using VitLab.Web.Components.Shared;

namespace VitLab.Web.Components.Models;

/// <summary>What is said of a stage, in the diagram and beside it.</summary>
public static class StageWords
{
    /// <summary>"(17, 64)".</summary>
    public static string Shape(IReadOnlyList<long> shape) => $"({string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))})";

    /// <summary>"Block × 4".</summary>
    public static string Title(StageRun run) => run.Count == 1 ? run.First.Title : $"{run.First.Title} × {run.Count}";

    /// <summary>"33.5 k parameters · 1.19 MFLOPs": what one of them costs; empty when it costs neither.</summary>
    public static string Costs(CostStage stage) => string.Join(" · ", new[]
    {
        stage.Parameters > 0 ? $"{Figures.Si(stage.Parameters)} parameters" : "",
        stage.ForwardFlops > 0 ? $"{Figures.Si(stage.ForwardFlops)}FLOPs" : "",
    }.Where(words => words.Length > 0));

    /// <summary>Modules of the state dict: "blocks.0" to "blocks.3" for a run.</summary>
    public static string Paths(StageRun run) => run.Count == 1 ? run.First.Path : $"{run.First.Path} … {run.Stages[^1].Path[(run.Stages[^1].Path.LastIndexOf('.') + 1)..]}";

    /// <summary>The whole model in a few sentences, for those who do not see the diagram.</summary>
    public static string Summary(IReadOnlyList<CostStage> stages) => string.Join(", then ", StageRun.Of(stages).Select(Sentence)) + ".";

    private static string Sentence(StageRun run) => $"{Title(run)} {Shape(run.First.Shape)}";
}
