using VitLab.Experiments;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Torch;
using VitLab.Torch.Memory;
using VitLab.Training;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

/// <summary>What is told of a model's stages, held against the network itself: for every preset of every experiment, and for options that change what is computed.</summary>
public class ModelCostTests
{
    /// <summary>Experiment, preset and settings put over it.</summary>
    public static TheoryData<string, string, string> Models { get; } =
    [
        .. from experiment in ExperimentCatalog.All
           from preset in experiment.Presets
           select new TheoryDataRow<string, string, string>(experiment.Id, preset.Id, ""),
        .. from experiment in ExperimentCatalog.All
           let keys = OptionSchema.Of(experiment).Fields.Select(field => field.Key)
           where keys.Contains("dropout")
           select new TheoryDataRow<string, string, string>(experiment.Id, "", "dropout=0.1 attentionDropout=0.1 stochasticDepth=0.2"),
        ("grid-heads", "", "pooling=query windowBlocks=1 patch=14 side=3"),
        ("grid-transcriber", "", "decoderDepth=1 side=3 stochasticDepth=0.1"),
        ("free-layout", "", "positions=learned patch=14 dim=24 heads=3"),
        ("image-classifier", "", "pooling=mean positions=fixed"),
        ("image-classifier", "", "positions=fixed patch=8 stochasticDepth=0.1"),
    ];

    /// <summary>Those of which a test computes several samples in no time; the others are made of the same blocks.</summary>
    public static TheoryData<string, string, string> SmallModels { get; } =
    [
        .. Models.Where(row => Of(row.Data.Item1, row.Data.Item2, row.Data.Item3) is var (experiment, options) && experiment.Cost(options).Parameters < 10_000_000),
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Stages_OfAnyModel_HaveTheParametersUnderTheirPaths(string id, string preset, string set)
    {
        var (experiment, options) = Of(id, preset, set);
        using var learner = experiment.CreateLearner(options);
        var cost = experiment.Cost(options);
        List<(string Name, long Count)> parameters = [.. learner.Network.named_parameters().Select(entry => (entry.name, entry.parameter.numel()))];

        foreach (var stage in All(cost.Stages).Where(stage => stage.Path.Length > 0))
        {
            Assert.Equal((stage.Path, parameters.Where(parameter => IsUnder(stage.Path, parameter.Name)).Sum(parameter => parameter.Count)), (stage.Path, stage.Parameters));
        }

        var operations = cost.Stages.SelectMany(stage => stage.Operations).ToList();
        Assert.All(parameters, parameter => Assert.Single(operations, operation => IsUnder(operation.Path, parameter.Name)));
        Assert.Equal(parameters.Sum(parameter => parameter.Count), cost.Parameters);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Stages_OfAnyModel_HaveTheShapesOfAForwardPass(string id, string preset, string set)
    {
        const int batch = 2;
        var (experiment, options) = Of(id, preset, set);
        using var learner = experiment.CreateLearner(options);
        var shapes = ShapesOf(learner, Noise(experiment, options, learner, batch));
        List<CostStage> stages = [.. All(experiment.Cost(options).Stages)];
        HashSet<string> modules = [.. learner.Network.named_modules().Select(entry => entry.name)];

        Assert.All(stages.Where(stage => shapes.ContainsKey(stage.Path)), stage => Assert.Equal(Batched(stage.Shape, shapes[stage.Path].Length), shapes[stage.Path]));
        Assert.All(stages.Where(stage => stage.Parts.Count == 0 && modules.Contains(stage.Path)), stage => Assert.Contains(stage.Path, shapes.Keys));
        Assert.Equal(experiment.Geometry(options) is var picture ? [picture.Channels, picture.Height, picture.Width] : [], stages.First(stage => stage.Kind == StageKind.Input).Shape);

        // The parts of all samples go through some modules in one row: the digits of all strips.
        static long[] Batched(IReadOnlyList<long> shape, int rank) => rank > shape.Count ? [batch, .. shape] : [batch * shape[0], .. shape.Skip(1)];
    }

    // What one more sample adds to the memory that is in use when the loss is there; the loss itself, which belongs to no stage, is small beside it.
    [Theory]
    [MemberData(nameof(SmallModels))]
    public void Activations_OfAnyModel_AreTheMemoryThatASampleTakes(string id, string preset, string set)
    {
        var (experiment, options) = Of(id, preset, set);
        using var learner = experiment.CreateLearner(options);

        var sample = HeldBy(learner, Noise(experiment, options, learner, 3)) - HeldBy(learner, Noise(experiment, options, learner, 2));

        Assert.InRange((double)experiment.Cost(options).ActivationBytes / sample, 0.98, 1.001);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Stages_WithParts_CostWhatTheirPartsCost(string id, string preset, string set)
    {
        var (experiment, options) = Of(id, preset, set);

        Assert.All(All(experiment.Cost(options).Stages).Where(stage => stage.Parts.Count > 0), stage => Assert.Equal(
            (stage.Parts.Sum(part => part.Parameters), stage.Parts.Sum(part => part.ForwardFlops), stage.Parts.Sum(part => part.ActivationBytes)),
            (stage.Parameters, stage.ForwardFlops, stage.ActivationBytes)));
    }

    [Fact]
    public void Runs_OfAModel_GatherEqualBlocksAndKeepDifferentOnesApart()
    {
        var experiment = ExperimentCatalog.Find("grid-heads");
        var options = OptionSchema.Of(experiment).With(experiment.Presets[0].Options, "windowBlocks", "3");

        var runs = StageRun.Of(experiment.Cost(options).Stages);

        Assert.Equal([(3, "backbone.blocks.0"), (1, "backbone.blocks.3")], runs.Where(run => run.First.Kind == StageKind.Block).Select(run => (run.Count, run.First.Path)));
        Assert.Equal(experiment.Cost(options).Parameters, runs.Sum(run => run.Parameters));
    }

    [Fact]
    public void Runs_OfBlocksThatAreSkippedMoreAndMore_AreOneAndHoldWhatEachHolds()
    {
        var (experiment, options) = Of("single-digit", "d64", "stochasticDepth=0.2");
        var blocks = experiment.Cost(options).Stages.Where(stage => stage.Kind == StageKind.Block).ToList();

        var run = Assert.Single(StageRun.Of(blocks));

        Assert.True(blocks[0].ActivationBytes < blocks[1].ActivationBytes);   // the first is never skipped
        Assert.Equal(blocks.Sum(block => block.ActivationBytes), run.ActivationBytes);
    }

    private static (Experiment Experiment, TrainingOptions Options) Of(string id, string preset, string set)
    {
        var experiment = ExperimentCatalog.Find(id);
        var schema = OptionSchema.Of(experiment);
        var options = set.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Aggregate(experiment.FindPreset(preset).Options, (options, pair) => schema.With(options, pair[0], pair[1]));
        schema.Check(options);
        return (experiment, options);
    }

    private static IEnumerable<CostStage> All(IEnumerable<CostStage> stages) => stages.SelectMany(stage => All(stage.Parts).Prepend(stage));

    private static bool IsUnder(string path, string name) => path.Length > 0 && (name == path || name.StartsWith($"{path}.", StringComparison.Ordinal));

    /// <summary>Samples whose pictures are noise everywhere, so that no part of them counts as empty.</summary>
    private static HostBatch Noise(Experiment experiment, TrainingOptions options, Learner learner, int count)
    {
        var batch = learner.ComposePlain(NoiseData.For(experiment, options, images: 8).Train, [.. Enumerable.Range(0, count)]);
        var random = new Random(1);
        for (var i = 0; i < batch.Inputs.Length; i++)
        {
            batch.Inputs[i] = random.NextSingle();
        }

        return batch;
    }

    /// <summary>Shape of what each module made, by its path.</summary>
    private static Dictionary<string, long[]> ShapesOf(Learner learner, HostBatch batch)
    {
        var shapes = new Dictionary<string, long[]>();
        foreach (var attention in learner.Network.modules().OfType<DotProductAttention>())
        {
            attention.Explicit = true;
        }

        foreach (var (path, module) in learner.Network.named_modules())
        {
            Listen(module, result => shapes[path] = result.shape);
        }

        using var scope = NewDisposeScope();
        learner.Loss(batch);
        return shapes;
    }

    private static void Listen(Module module, Action<Tensor> hear)
    {
        switch (module)
        {
            case Module<Tensor, Tensor> one: one.register_forward_hook((_, _, result) => Hear(result)); break;
            case Module<Tensor, BlockCache, Tensor> cached: cached.register_forward_hook((_, _, _, result) => Hear(result)); break;
            case Module<Tensor, DecoderCache, Tensor> decoder: decoder.register_forward_hook((_, _, _, result) => Hear(result)); break;
            case Module<Tensor, KeyValues, Tensor> look: look.register_forward_hook((_, _, _, result) => Hear(result)); break;
            case Module<Tensor, Tensor?, Tensor> masked: masked.register_forward_hook((_, _, _, result) => Hear(result)); break;
            case Module<Tensor, Tensor, Tensor, Tensor?, Tensor> attention: attention.register_forward_hook((_, _, _, _, _, result) => Hear(result)); break;
            case Module<Tensor, Tensor, Tensor, Tensor> block: block.register_forward_hook((_, _, _, _, result) => Hear(result)); break;
        }

        Tensor Hear(Tensor result)
        {
            hear(result);
            return result;
        }
    }

    private static long HeldBy(Learner learner, HostBatch batch)
    {
        var before = BufferPool.Current.OutstandingBytes;
        using var scope = NewDisposeScope();
        learner.Loss(batch);
        return BufferPool.Current.OutstandingBytes - before;
    }
}
