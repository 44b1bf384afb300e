using System.Globalization;
using VitLab.Experiments;
using VitLab.Insight;

namespace VitLab.Tests.Experiments;

/// <summary>What is said of figures that a source publishes and a model does not have.</summary>
public class PublishedCostTests
{
    private static readonly Experiment s_experiment = ExperimentCatalog.Find("image-classifier");

    private static readonly PublishedCost s_published = s_experiment.FindPreset("small").PublishedCost!;

    [Fact]
    public void Small_AsPublished_IsNotWhatItIs()
    {
        var cost = Of();

        Assert.Equal((2.7e6, 40e6), (s_published.Parameters, s_published.Flops));
        Assert.Equal(5_362_762, cost.Parameters);
        Assert.Equal(2 * 365_107_584, cost.ForwardFlops);
    }

    [Fact]
    public void Small_ItsReason_NamesWhatCanBeCounted()
    {
        Says("12 blocks of width 192 with MLP 768 have {0:0.00} M parameters", Of().Stages.Where(stage => stage.Kind == StageKind.Block).Sum(stage => stage.Parameters));
        Says("6 such blocks would make a model of {0:0.00} M", Of("depth=6").Parameters);
        Says("12 with an MLP of 192 one of {0:0.00} M", Of("mlpDim=192").Parameters);
        Says("reading one picture takes {0:0} M", Of().ForwardFlops);
        Says("({0:0} M multiply-adds), with 6 blocks", Of().ForwardFlops / 2);
        Says("with 6 blocks {0:0} M", Of("depth=6").ForwardFlops);
        Says("6 blocks on patches of 8 px take {0:0} M", Of("depth=6", "patch=8").ForwardFlops);
        Says("({0:0} M multiply-adds).", Of("depth=6", "patch=8").ForwardFlops / 2);
    }

    private static void Says(string words, long value) => Assert.Contains(string.Format(CultureInfo.InvariantCulture, words, value / 1e6), s_published.Reason, StringComparison.Ordinal);

    private static ModelCost Of(params string[] settings)
    {
        var schema = OptionSchema.Of(s_experiment);
        return s_experiment.Cost(settings.Select(setting => setting.Split('=')).Aggregate(s_experiment.FindPreset("small").Options, (options, pair) => schema.With(options, pair[0], pair[1])));
    }
}
