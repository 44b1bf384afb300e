using VitLab.Experiments;
using VitLab.Models;
using VitLab.Tests.Training;

namespace VitLab.Tests.Experiments;

public class GridTranscriptionLearnerTests
{
    private const int Finish = DigitVocabulary.Finish, Padding = DigitVocabulary.Padding;

    [Fact]
    public void ComposePlain_FullGrids_AreFourDigitsAndFinish()
    {
        using var learner = TinyGrids.Transcription.CreateLearner(TinyGrids.TranscriptionOptions);

        var batch = learner.ComposePlain(TinyRuns.Data.Test, [2, 5]);

        Assert.Equal([2L, 5], batch.TargetShape);
        Assert.Equal([(long)TinyRuns.Data.Test.Label(2), Finish], (long[])[batch.Targets[0], batch.Targets[4]]);
        Assert.All(batch.Targets[5..9], token => Assert.InRange(token, 0, 9));
    }

    [Fact]
    public void Compose_EmptyCells_LeaveNoGapInTheTextAndPaddingBehindIt()
    {
        using var learner = TinyGrids.Transcription.CreateLearner(TinyGrids.TranscriptionOptions with { EmptyChance = 0.5 });

        var batch = learner.Compose(TinyRuns.Data.Train, [.. Enumerable.Range(0, 40)], epoch: 1);

        var texts = batch.Targets.Chunk(5).ToList();
        Assert.All(texts, text =>
        {
            var length = Array.IndexOf(text, (long)Finish);
            Assert.InRange(length, 1, 4);
            Assert.All(text[..length], token => Assert.InRange(token, 0, 9));
            Assert.All(text[(length + 1)..], token => Assert.Equal(Padding, token));
        });
        Assert.True(texts.Select(text => Array.IndexOf(text, (long)Finish)).Distinct().Count() >= 3);
    }

    // A head whose weights are 0 writes the same token at every step: 7 7 7 7 7, never finish.
    [Fact]
    public void Read_ADecoderThatNeverFinishes_StopsAtTheLongestText()
    {
        using var learner = Writing(7);

        var reading = Read(learner, withAttention: true);

        Assert.Equal("7 7 7 7 7", reading.Text);
        Assert.Equal([7, 7, 7, 7, 7], reading.Labels);
        Assert.Equal(5, reading.Tokens!.Count);
        Assert.All(reading.Tokens, token => Assert.Equal("7", token.Text));
        Assert.All(reading.Regions, region =>
        {
            Assert.Equal((7, null, 10), (region.Predicted, region.Box, region.Probabilities.Count));
            Assert.Equal(1, region.Probabilities.Sum(), 1e-5);
            Assert.Equal(Math.Exp(5) / (Math.Exp(5) + 9), region.Probabilities[7], 1e-5);   // among digits
        });
        Assert.Equal(Math.Exp(5) / (Math.Exp(5) + 10), reading.Tokens[0].Probability, 1e-5);   // among digits and finish
    }

    [Fact]
    public void Read_ADecoderThatFinishesAtOnce_ReadsNothingAndSaysSo()
    {
        using var learner = Writing(Finish);

        var reading = Read(learner, withAttention: true);

        Assert.Equal("", reading.Text);
        Assert.Empty(reading.Labels);
        Assert.Empty(reading.Regions);
        Assert.Equal(["finish"], reading.Tokens!.Select(token => token.Text));
        Assert.Equal(1, reading.CrossAttention!.Steps);
    }

    [Fact]
    public void Read_AnyDecoder_TellsAlternativesAndWhereItLooked()
    {
        using var learner = Writing(7);

        var reading = Read(learner, withAttention: true);

        Assert.All(reading.Tokens!, token =>
        {
            Assert.Equal(5, token.Alternatives.Count);
            Assert.Equal(new TokenChoice(token.Text, token.Probability), token.Alternatives[0]);
            Assert.Equal(token.Alternatives.OrderByDescending(choice => choice.Probability), token.Alternatives);
        });
        var (encoder, decoder) = (reading.Attention!, reading.CrossAttention!);
        Assert.Equal((1, 2, 16, 0), (encoder.Layers, encoder.Heads, encoder.Tokens, encoder.PrefixTokens));
        Assert.Equal((1, 2, 5, 4, 4), (decoder.Layers, decoder.Heads, decoder.Steps, decoder.GridHeight, decoder.GridWidth));
        var bare = Read(learner, withAttention: false);
        Assert.Equal(reading.Labels, bare.Labels);
        Assert.Null(bare.Attention);
        Assert.Null(bare.CrossAttention);
        Assert.NotNull(bare.Tokens);
    }

    // Each of the 120 digits of 30 plain grids is met by a 7; the fifth 7 has no digit to meet. 3 of each class stand in each of four cells.
    [Fact]
    public void Evaluate_ADecoderThatNeverFinishes_CountsTheExtraDigitAsWrong()
    {
        using var learner = Writing(7);

        var evaluation = learner.Evaluate(TinyRuns.Data.Test, [.. Enumerable.Range(0, 30)]);

        Assert.Equal(12.0 / 150, evaluation.Metrics["digitAccuracy"]);
        Assert.Equal(0, evaluation.Metrics["sequenceAccuracy"]);
        Assert.Equal(108, evaluation.Mistakes.Count);
        Assert.All(Enumerable.Range(0, 10), digit => Assert.Equal(12, evaluation.Confusion![(digit * 10) + 7]));

        // 12 tokens are the sure one; 108 other digits and 30 finishes are not.
        var wrong = Math.Log(Math.Exp(5) + 10);
        Assert.Equal(wrong - (5 * 12.0 / 150), evaluation.Loss, 1e-4);
    }

    [Fact]
    public void Evaluate_ADecoderThatFinishesAtOnce_MissesEveryDigit()
    {
        using var learner = Writing(Finish);

        var evaluation = learner.Evaluate(TinyRuns.Data.Test, [.. Enumerable.Range(0, 30)]);

        Assert.Equal((30, 0.0, 0.0), (evaluation.Samples, evaluation.Metrics["sequenceAccuracy"], evaluation.Metrics["digitAccuracy"]));
        Assert.Empty(evaluation.Mistakes);
        Assert.Equal(0, evaluation.Confusion!.Sum());
    }

    private static Reading Read(Learner learner, bool withAttention) =>
        learner.Read(TinyGrids.Transcription.Sample(TinyRuns.Data.Test, 0, TinyGrids.TranscriptionOptions).Picture, withAttention);

    private static Learner Writing(int token)
    {
        var learner = TinyGrids.Transcription.CreateLearner(TinyGrids.TranscriptionOptions);
        var tensors = StateDict.Export(learner.Network);
        var bias = new float[DigitVocabulary.Written];
        bias[token] = 5;
        tensors["decoder.head.bias"] = HostTensor.Of(bias, DigitVocabulary.Written);
        tensors["decoder.head.weight"] = HostTensor.Of(new float[DigitVocabulary.Written * 8], DigitVocabulary.Written, 8);
        StateDict.Import(learner.Network, tensors, "a known decoder");
        return learner;
    }
}
