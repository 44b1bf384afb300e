using System.Globalization;
using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// A <see cref="GridTranscriber"/> taught by the true text (teacher forcing), read by greedy decoding. Targets are the digits of the cells that
/// have one, finish, and padding behind it.
/// </summary>
public sealed class GridTranscriptionLearner : GridLearner
{
    private const int MostAlternatives = 5;

    private readonly GridTranscriptionOptions _options;
    private readonly GridTranscriber _network;

    public GridTranscriptionLearner(GridTranscription experiment, GridTranscriptionOptions options)
        : base(experiment, options, targetsPerSample: options.ToConfig().MostTokens)
    {
        _options = options;
        torch.manual_seed(options.Seed);
        _network = new GridTranscriber(options.ToConfig());
    }

    public override nn.Module Network => _network;

    public override Tensor Loss(HostBatch batch) => Loss(batch, _options.LabelSmoothing);

    public override Reading Read(PlanarImage prepared, bool withAttention)
    {
        using var encoder = withAttention ? new AttentionRecorder(_network.Backbone) : null;
        using var decoder = withAttention ? new CrossAttentionRecorder(_network) : null;
        var transcript = Decode(Single(prepared))[0];
        int[] digits = [.. transcript.Digits];
        return new Reading(
            string.Join(' ', digits.Select(digit => digit.ToString(CultureInfo.InvariantCulture))),
            digits,
            [.. digits.Select((digit, step) => new RegionReading(digit, AmongDigits(transcript.Probabilities[step]), Box: null))],
            encoder?.ToMaps())
        {
            Tokens = [.. transcript.Tokens.Select((token, step) => Emitted(token, transcript.Probabilities[step]))],
            CrossAttention = decoder?.ToMaps(),
        };
    }

    protected override void WriteTargets(ReadOnlySpan<int> labels, Span<long> targets)
    {
        var length = 0;
        foreach (var label in labels)
        {
            if (label != GridComposer.Empty)
            {
                targets[length++] = label;
            }
        }

        targets[length++] = DigitVocabulary.Finish;
        targets[length..].Fill(DigitVocabulary.Padding);
    }

    private protected override void Score(HostBatch batch, ReadOnlySpan<int> indices, DigitScore score)
    {
        using (new EvalMode(_network))
        {
            score.AddLoss(Loss(batch, smoothing: 0).ToSingle() * indices.Length);
        }

        var transcripts = Decode(batch);
        for (var grid = 0; grid < indices.Length; grid++)
        {
            int[] truth = [.. TargetsOf(batch, grid).ToArray().TakeWhile(token => token != DigitVocabulary.Finish).Select(token => (int)token)];
            int[] answer = [.. transcripts[grid].Digits];
            score.Add(indices[grid], truth, answer, [.. answer.Select((digit, step) => transcripts[grid].Probabilities[step][digit])]);
        }
    }

    private Tensor Loss(HostBatch batch, double smoothing)
    {
        var targets = Targets(batch);                                                                   // (B, T)
        var logits = _network.call(Inputs(batch), GridTranscriber.shift_right(targets)).flatten(0, 1);  // (B · T, written)
        return functional.cross_entropy(logits, targets.flatten(), ignore_index: DigitVocabulary.Padding, label_smoothing: smoothing);
    }

    private IReadOnlyList<Transcript> Decode(HostBatch batch)
    {
        using var evaluation = new EvalMode(_network);
        return GreedyDecoder.Decode(_network, Inputs(batch));
    }

    private static float[] AmongDigits(float[] written)
    {
        var digits = written[..DigitVocabulary.Digits];
        var sum = digits.Sum();
        return Array.ConvertAll(digits, probability => probability / sum);
    }

    private static EmittedToken Emitted(int token, float[] written) => new(
        DigitVocabulary.Names[token],
        written[token],
        [.. written.Select((probability, index) => new TokenChoice(DigitVocabulary.Names[index], probability)).OrderByDescending(choice => choice.Probability).Take(MostAlternatives)]);
}
