using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>An <see cref="AnchorFinder"/>, or the baseline, taught by binary cross entropy.</summary>
public sealed class AnchorInSequenceLearner : SequenceLearner<AnchorScore>
{
    private readonly AnchorInSequence _experiment;
    private readonly SequenceOptions _options;
    private readonly IReadOnlyList<string> _classes;

    public AnchorInSequenceLearner(AnchorInSequence experiment, SequenceOptions options)
        : base(experiment, options, config => new AnchorFinder(config)) => (_experiment, _options, _classes) = (experiment, options, experiment.Classes(options));

    public override Tensor Loss(HostBatch batch)
    {
        var wanted = (Wanted(batch) * (1 - _options.LabelSmoothing)) + (_options.LabelSmoothing / 2);
        return functional.binary_cross_entropy_with_logits(Outputs(batch), wanted);
    }

    public override Reading Read(PlanarImage prepared, bool withAttention)
    {
        using var recorder = withAttention && Network is AnchorFinder finder ? new CrossAttentionRecorder(finder, finder.Config.Vit) : null;
        var present = Chance(Answers(Single(prepared))[0]);
        var answer = present >= 0.5f ? 1 : 0;
        return new Reading(
            _classes[answer],
            [answer],
            [new RegionReading(answer, [1 - present, present], Box: null)],
            Attention: null)
        {
            CrossAttention = recorder?.ToMaps(),
        };
    }

    private protected override AnchorScore NewScore() => new(_classes.Count, _experiment.Measure);

    private protected override void Score(int index, int truth, float output, AnchorScore score)
    {
        var present = Chance(output);
        var answer = present >= 0.5f ? 1 : 0;
        score.Add(index, [truth], [answer], [answer == 1 ? present : 1 - present]);
        score.AddLogit(output, truth == 1);
        score.AddLoss(Likelihood.NegativeLog(truth == 1 ? present : 1 - present));
    }

    private static float Chance(float logit) => 1 / (1 + MathF.Exp(-logit));
}
