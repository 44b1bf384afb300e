using VitLab.Experiments;

namespace VitLab.Web.Components.Home;

/// <summary>A phase the lab is meant to have; shown as planned until an experiment of that id exists.</summary>
public sealed record PlannedPhase(string Id, string Heading, string Title, string Goal)
{
    private static readonly PlannedPhase[] s_all =
    [
        new("grid-heads", "Phase 2", "Four digits", "Read a 2 × 2 grid: one head per quadrant, or a decoder that writes the digits in reading order."),
        new("free-layout", "Phase 3", "Any layout", "Find and read any number of digits anywhere on a canvas."),
        new("sequence-sum", "Sequences", "Sums and searches", "Add up a row of digits, or find one in it, by attending over pictures."),
    ];

    public static IEnumerable<PlannedPhase> Missing(IReadOnlyList<Experiment> built) => s_all.Where(phase => built.All(experiment => experiment.Id != phase.Id));
}
