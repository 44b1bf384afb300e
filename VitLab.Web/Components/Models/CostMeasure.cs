using VitLab.Insight;
using VitLab.Web.Components.Shared;

namespace VitLab.Web.Components.Models;

/// <summary>One of the three things a stage costs, as the diagram, its key and the table tell it.</summary>
/// <param name="Class">Of its bars.</param>
/// <param name="Name">Within a sentence.</param>
/// <param name="Meaning">One sentence for the tooltip.</param>
public sealed record CostMeasure(string Class, string Name, string Meaning, Func<StageRun, long> Of, Func<ModelCost, long> OfModel, Func<long, string> Words)
{
    public static IReadOnlyList<CostMeasure> All { get; } =
    [
        new("of-parameters", "parameters", "Trainable numbers.", run => run.Parameters, cost => cost.Parameters, Figures.Count),
        new("of-flops", "FLOPs", "Floating-point operations to read one sample; a multiply-add is two.", run => run.ForwardFlops, cost => cost.ForwardFlops, flops => $"{Figures.Si(flops)}FLOPs"),
        new("of-memory", "activations", "Memory that training holds of one sample until its gradients are known.", run => run.ActivationBytes, cost => cost.ActivationBytes, Figures.Bytes),
    ];

    /// <summary>How much of the model it is.</summary>
    /// <param name="repeats">How often the model has such a run: of several blocks, each has it.</param>
    public double ShareOf(ModelCost model, StageRun run, int repeats) => Of(run) * (double)repeats / OfModel(model);

    /// <summary>As a heading.</summary>
    public string Title => char.ToUpperInvariant(Name[0]) + Name[1..];
}
