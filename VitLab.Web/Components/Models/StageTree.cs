using VitLab.Experiments;
using VitLab.Insight;

namespace VitLab.Web.Components.Models;

/// <summary>A model's stages, and which of them are open: the diagram and the table show the same.</summary>
public sealed class StageTree
{
    private readonly HashSet<string> _open;

    public StageTree(Experiment experiment, TrainingOptions options)
    {
        Experiment = experiment;
        (Options, Cost) = (options, experiment.Cost(options));
        _open = [.. FirstOpen(Cost.Stages).Select(Key)];
    }

    public Experiment Experiment { get; }

    public TrainingOptions Options { get; private set; }

    public ModelCost Cost { get; private set; }

    /// <summary>The same experiment with other options. What is open stays open.</summary>
    public void Show(TrainingOptions options) => (Options, Cost) = (options, Experiment.Cost(options));

    public bool IsOpen(StageRun run) => run.First.Parts.Count > 0 && _open.Contains(Key(run.First));

    public void Toggle(StageRun run)
    {
        if (!_open.Remove(Key(run.First)))
        {
            _open.Add(Key(run.First));
        }
    }

    /// <summary>At first one sees what a model is made of, and into the first of its blocks.</summary>
    private static IEnumerable<CostStage> FirstOpen(IReadOnlyList<CostStage> stages)
    {
        var networks = stages.Where(stage => stage.Kind == StageKind.Network).ToList();
        return stages.Where(stage => stage.Kind == StageKind.Block).Take(1).Concat(networks).Concat(networks.SelectMany(network => FirstOpen(network.Parts)));
    }

    private static string Key(CostStage stage) => stage.Path.Length > 0 ? stage.Path : stage.Title;
}
