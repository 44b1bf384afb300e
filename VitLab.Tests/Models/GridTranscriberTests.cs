using VitLab.Insight;
using VitLab.Models;
using VitLab.Tests.Golden;

namespace VitLab.Tests.Models;

public class GridTranscriberTests
{
    // The cached and the whole pass multiply the same numbers in other shapes: a few float32 roundings apart.
    private const double Rounding = 1e-5;

    // Weights three times too large carry rounding on threefold at every layer.
    private const double LivelyRounding = 1e-4;

    private static readonly TranscriberConfig s_config = new(new VitConfig(1, 56, 56, 14, 16, 2, 4, 32), DecoderDepth: 2, MostDigits: 4);

    [Fact]
    public void Forward_ABatchOfTexts_GivesLogitsBehindEveryToken()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridTranscriber(s_config);
        var images = torch.rand(3, 1, 56, 56);

        Assert.Equal([3L, 16, 16], model.encode(images).shape);
        Assert.Equal([3L, 5, DigitVocabulary.Written], model.call(images, Texts([1, 2, 3, 4], [7], [])).shape);
    }

    [Fact]
    public void ShiftRight_Targets_AreReadBehindStart()
    {
        using var scope = torch.NewDisposeScope();
        var targets = torch.tensor([4L, 2, DigitVocabulary.Finish, DigitVocabulary.Padding, DigitVocabulary.Padding], [1, 5]);

        Assert.Equal([DigitVocabulary.Start, 4, 2, DigitVocabulary.Finish, DigitVocabulary.Padding], GridTranscriber.shift_right(targets).data<long>().ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Forward_ChangedFutureTokens_LeaveEarlierLogitsAsTheyWere(int first)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Seeded();
        var images = torch.rand(1, 1, 56, 56);
        long[] tokens = [DigitVocabulary.Start, 1, 2, 3, 4];
        long[] changed = [.. tokens.Select((token, i) => i < first ? token : (token + 5) % 10)];

        var before = Rows(model.call(images, torch.tensor(tokens, [1, 5])));
        var after = Rows(model.call(images, torch.tensor(changed, [1, 5])));

        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(i < first, before[i].SequenceEqual(after[i])));
    }

    [Fact]
    public void Decode_TokenByTokenWithTheCache_GivesTheLogitsOfTheWholeText()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Seeded();
        model.eval();
        var (images, texts) = (torch.rand(2, 1, 56, 56), Texts([3, 1, 4, 1], [5, 9]));
        var whole = Rows(model.call(images, texts));

        var cache = model.begin(model.encode(images));
        for (var step = 0; step < 5; step++)
        {
            Assert.Equal(step, cache.Length);
            var logits = Rows(model.decode(texts.narrow(1, step, 1), cache));
            AssertClose(whole[step], logits[0]);
            AssertClose(whole[5 + step], logits[1]);
        }
    }

    [Fact]
    public void Decode_SeveralTokensBehindOthersOrTooMany_SaysWhatIsPossible()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Seeded();
        var cache = model.begin(model.encode(torch.rand(1, 1, 56, 56)));
        model.decode(torch.tensor([(long)DigitVocabulary.Start], [1, 1]), cache);

        Assert.Contains("got 2 behind 1", Assert.Throws<ArgumentException>(() => model.decode(torch.tensor([1L, 2], [1, 2]), cache)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 5 tokens", Assert.Throws<ArgumentException>(() => model.call(torch.rand(1, 1, 56, 56), torch.zeros(1, 6, torch.int64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GreedyDecoder_ABatch_WritesWhatWholePassesWouldChoose()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = Lively();
        var images = torch.tensor(GoldenNumbers.Uniform("pictures", [12, 1, 56, 56], 0, 1), [12, 1, 56, 56]);

        var transcripts = GreedyDecoder.Decode(model, images);

        Assert.Contains(transcripts, transcript => transcript.IsFinished && transcript.Tokens.Count < 5);
        Assert.Contains(transcripts, transcript => !transcript.IsFinished && transcript.Tokens.Count == 5);
        for (var i = 0; i < transcripts.Count; i++)
        {
            var (tokens, probabilities) = WithoutCache(model, images.narrow(0, i, 1));
            Assert.Equal(tokens, transcripts[i].Tokens);
            Assert.Equal(tokens.Where(token => token != DigitVocabulary.Finish), transcripts[i].Digits);
            for (var step = 0; step < tokens.Count; step++)
            {
                AssertClose(probabilities[step], transcripts[i].Probabilities[step], LivelyRounding);
                Assert.Equal(1, transcripts[i].Probabilities[step].Sum(), Rounding);
            }
        }
    }

    [Fact]
    public void GreedyDecoder_OnePictureAtATime_WritesWhatTheBatchWrote()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Lively();
        var images = torch.rand(12, 1, 56, 56);

        var together = GreedyDecoder.Decode(model, images);

        for (var i = 0; i < together.Count; i++)
        {
            Assert.Equal(together[i].Tokens, GreedyDecoder.Decode(model, images.narrow(0, i, 1)).Single().Tokens);
        }
    }

    [Fact]
    public void Train_DropoutAndStochasticDepth_ChangeTheOutputAndEvalDoesNot()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = new GridTranscriber(s_config with { Vit = s_config.Vit with { Dropout = 0.2, AttentionDropout = 0.2, StochasticDepth = 0.5 } });
        var (memory, texts) = (torch.rand(2, 16, 16), Texts([3, 1, 4, 1], [5, 9]));
        float[] Logits() => model.decode(texts, model.begin(memory)).data<float>().ToArray();

        model.eval();
        Assert.Equal(Logits(), Logits());
        model.train();
        Assert.NotEqual(Logits(), Logits());
    }

    [Fact]
    public void Train_EightPicturesWithTextsOfEveryLength_WritesThemByHeart()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Seeded();
        var images = torch.rand(8, 1, 56, 56);
        long[][] digits = [[], [1], [2, 3], [4, 5, 6], [7, 8, 9, 0], [1], [3, 3, 3, 3], [0, 0]];
        var targets = Targets(digits);
        using var optimizer = torch.optim.AdamW(model.parameters(), lr: 3e-3);
        for (var step = 0; step < 150; step++)
        {
            using var stepScope = torch.NewDisposeScope();
            optimizer.zero_grad();
            functional.cross_entropy(model.call(images, GridTranscriber.shift_right(targets)).flatten(0, 1), targets.flatten(), ignore_index: DigitVocabulary.Padding).backward();
            optimizer.step();
        }

        model.eval();
        var transcripts = GreedyDecoder.Decode(model, images);

        Assert.All(transcripts, transcript => Assert.True(transcript.IsFinished));
        Assert.Equal(digits.Select(text => string.Join(' ', text)), transcripts.Select(transcript => string.Join(' ', transcript.Digits)));
    }

    [Fact]
    public void Recorders_WhileATextIsWritten_KeepTheBackbonesLooksAndTheDecodersApart()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Lively();
        var images = torch.rand(12, 1, 56, 56);
        var longest = Enumerable.Range(0, 12).First(i => GreedyDecoder.Decode(model, images.narrow(0, i, 1)).Single().Tokens.Count == 5);
        var image = images.narrow(0, longest, 1);
        var fused = GreedyDecoder.Decode(model, image).Single();

        AttentionMaps self;
        CrossAttentionMaps cross;
        Transcript observed;
        using (var looks = new AttentionRecorder(model.Backbone))
        using (var reads = new CrossAttentionRecorder(model))
        {
            observed = GreedyDecoder.Decode(model, image).Single();
            (self, cross) = (looks.ToMaps(), reads.ToMaps());
            Assert.All(reads.Calls, call => Assert.All(call.Chunk(16), row => Assert.Equal(1, row.Sum(), Rounding)));
            for (var call = 0; call < 5 * 2; call++)   // step by step, both layers in each
            {
                var row = reads.Calls[call].AsSpan(3 * 16, 16).ToArray().Select(weight => (byte)((weight * 255) + 0.5f));
                Assert.Equal(row, cross.Weights.AsSpan((((((call % 2) * 4) + 3) * 5) + (call / 2)) * 16, 16).ToArray());
            }
        }

        Assert.Equal(fused.Tokens, observed.Tokens);
        Assert.Equal((2, 4, 16, 0), (self.Layers, self.Heads, self.Tokens, self.PrefixTokens));
        Assert.Equal(2 * 4 * 16 * 16, self.Weights.Length);
        Assert.Equal((2, 4, 5, 4, 4), (cross.Layers, cross.Heads, cross.Steps, cross.GridHeight, cross.GridWidth));
        Assert.Equal(2 * 4 * 5 * 16, cross.Weights.Length);
        Assert.All(cross.Weights.Chunk(16), row => Assert.InRange(row.Sum(weight => weight), 255 - 8, 255 + 8));   // each of 16 weights is rounded by at most half
    }

    private static GridTranscriber Seeded()
    {
        torch.manual_seed(5);
        return new GridTranscriber(s_config);
    }

    // Fresh weights write almost the same token everywhere; large ones, the same under either engine, give texts of every length.
    private static GridTranscriber Lively()
    {
        var model = GoldenWeights.Load(new GridTranscriber(s_config));
        model.eval();
        using var noGrad = torch.no_grad();
        foreach (var (_, parameter) in model.named_parameters())
        {
            parameter.mul_(3);
        }

        return model;
    }

    /// <summary>Texts of up to 4 digits as the decoder is to write them: digits, finish, padding.</summary>
    private static Tensor Targets(params long[][] digits)
    {
        static IEnumerable<long> Line(long[] text) => text.Append(DigitVocabulary.Finish).Concat(Enumerable.Repeat((long)DigitVocabulary.Padding, 4)).Take(5);
        return torch.tensor((long[])[.. digits.SelectMany(Line)], [digits.Length, 5]);
    }

    /// <summary>The same as the decoder reads them in training: start, digits, finish, padding.</summary>
    private static Tensor Texts(params long[][] digits) => GridTranscriber.shift_right(Targets(digits));

    /// <summary>Greedy decoding by the book: every step reads the whole text anew.</summary>
    private static (List<int> Tokens, List<float[]> Probabilities) WithoutCache(GridTranscriber model, Tensor image)
    {
        List<long> read = [DigitVocabulary.Start];
        var probabilities = new List<float[]>();
        while (read.Count <= 5 && read[^1] != DigitVocabulary.Finish)
        {
            var logits = model.call(image, torch.tensor(read.ToArray(), [1, read.Count])).select(1, read.Count - 1);
            probabilities.Add(functional.softmax(logits, dim: 1).data<float>().ToArray());
            read.Add(logits.argmax(1).item<long>());
        }

        return ([.. read.Skip(1).Select(token => (int)token)], probabilities);
    }

    private static float[][] Rows(Tensor logits) => [.. logits.data<float>().ToArray().Chunk(DigitVocabulary.Written)];

    private static void AssertClose(float[] expected, float[] actual, double rounding = Rounding)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], rounding * Math.Max(1, expected.Max(Math.Abs)));
        }
    }
}
