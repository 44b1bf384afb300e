using System.Globalization;
using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// A <see cref="SequenceSummer"/>, or the baseline, taught by the squared difference from the true sum. How sure an answer is comes from a deviation
/// that is chosen on validation data and kept in a buffer of the network.
/// </summary>
public sealed class SequenceSumLearner : SequenceLearner<SumScore>
{
    private const string Spread = "spread";

    private readonly SequenceSum _experiment;
    private readonly int _sums;
    private readonly InputGeometry _picture;

    public SequenceSumLearner(SequenceSum experiment, SequenceOptions options)
        : base(experiment, options, config => new SequenceSummer(config))
    {
        (_experiment, _sums, _picture) = (experiment, experiment.Classes(options).Count, experiment.Geometry(options));
        Network.register_buffer(Spread, torch.ones(1));
    }

    public override Tensor Loss(HostBatch batch) => functional.mse_loss(Outputs(batch), Wanted(batch));

    public override void Calibrate(ImageSet images, ReadOnlySpan<int> indices)
    {
        List<(float Value, int Truth)> answers = [];
        foreach (var (batch, slice) in PlainBatches(images, indices.ToArray(), _picture))
        {
            answers.AddRange(Answers(batch).Select((value, strip) => (value, (int)TargetsOf(batch, strip)[0])));
        }

        StateDict.Copy(HostTensor.Of([(float)SumBelief.Deviation(answers, _sums)], [1]), Network.get_buffer(Spread)!);
    }

    public override Reading Read(PlanarImage prepared, bool withAttention)
    {
        using var recorder = withAttention && Network is SequenceSummer summer ? new AttentionRecorder(summer, summer.Config.Vit) : null;
        var value = Answers(Single(prepared))[0];
        var sum = SumBelief.Answer(value, _sums);
        return new Reading(
            sum.ToString(CultureInfo.InvariantCulture),
            [sum],
            [new RegionReading(sum, SumBelief.Probabilities(value, Deviation(), _sums), Box: null)],
            recorder?.ToMaps());
    }

    private protected override SumScore NewScore() => new(_sums, _experiment.Measure);

    private protected override void Score(int index, int truth, float output, SumScore score)
    {
        var answer = SumBelief.Answer(output, _sums);
        score.Add(index, [truth], [answer], [SumBelief.Probabilities(output, Deviation(), _sums)[answer]]);
        score.AddLoss((output - truth) * (double)(output - truth));
    }

    private float Deviation() => StateDict.ToHost(Network.get_buffer(Spread)!).Floats![0];
}
