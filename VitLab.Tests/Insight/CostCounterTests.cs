using VitLab.Insight;
using VitLab.Models;

namespace VitLab.Tests.Insight;

public class CostCounterTests
{
    // d64: cls 64, positions 17·64 = 1,088, patch embedding 49·64 + 64 = 3,200, final norm 128, head 650.
    // A block: norms 256, qkv 64·192 + 192 = 12,480, projection 4,160, MLP 8,320 + 8,256; four of them 133,888. In all 139,018.
    // Multiply-adds: patches 16·49·64 = 50,176; a block 17·(12,288 + 4,096 + 16,384) + 2·17·17·64 = 594,048; head 640; times two.
    [Fact]
    public void Count_D64_IsTheSumDoneByHand()
    {
        var cost = CostCounter.Count(new VitConfig(1, 28, 28, 7, 64, 4, 4, 128), classes: 10);

        Assert.Equal((139_018, 2 * (50_176 + (4 * 594_048) + 640)), (cost.Parameters, cost.ForwardFlops));
    }

    // Width 16, MLP 32, 2 encoder blocks on 16 patches of 14 × 14, 1 decoder block, texts of 5.
    // Encoder: positions 256, patch embedding 196·16 + 16 = 3,152, norm 32; a block: norms 64, attention 16·48 + 48 + 16·16 + 16 = 1,088, MLP 544 + 528: 2,224.
    // Decoder: tokens 13·16 = 208, positions 80, norm 32, head 16·11 + 11 = 187; its block: norms 96, self 1,088, cross 272 + 544 + 272 = 1,088, MLP 1,072: 3,344.
    // Multiply-adds: patches 16·196·16 = 50,176; an encoder block 16·(4·256 + 2·512) + 2·16·16·16 = 40,960; decoder: self 5·1,024 + 2·25·16 = 5,920,
    // cross 2·5·256 + 2·16·256 + 2·5·16·16 = 13,312, MLP 5·1,024 = 5,120, head 5·16·11 = 880; times two.
    [Fact]
    public void Count_ATranscriber_IsTheSumDoneByHand()
    {
        var cost = CostCounter.Count(new TranscriberConfig(new VitConfig(1, 56, 56, 14, 16, 2, 4, 32), DecoderDepth: 1, MostDigits: 4));

        Assert.Equal((256 + 3_152 + 32 + (2 * 2_224) + 208 + 80 + 32 + 187 + 3_344, 2 * (50_176 + (2 * 40_960) + 5_920 + 13_312 + 5_120 + 880)), (cost.Parameters, cost.ForwardFlops));
    }

    [Fact]
    public void Count_QueriesAgainstRegions_DifferByTheirTokensAlone()
    {
        var regions = new GridClassifierConfig(new VitConfig(1, 56, 56, 7, 64, 4, 4, 128), 2, 2, 11, GridPooling.Region);

        var (with, without) = (CostCounter.Count(regions with { Pooling = GridPooling.Query }), CostCounter.Count(regions));

        Assert.Equal(2 * 4 * 64, with.Parameters - without.Parameters);                    // four tokens and their positions
        Assert.Equal(2 * 4 * ((4 * 32_768) + (2 * 64 * ((68 * 68) - (64 * 64)))), with.ForwardFlops - without.ForwardFlops);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(1, 2)]
    public void Count_AnyVisionTransformer_CountsItsParameters(int prefixTokens, int windowBlocks)
    {
        var config = new VitConfig(3, 16, 24, 4, 6, 2, 3, 10) { PrefixTokens = prefixTokens, Window = 2, WindowBlocks = windowBlocks };
        using var model = new VisionTransformer(config, classes: 5);

        Assert.Equal(Parameters(model), CostCounter.Count(config, classes: 5).Parameters);
    }

    [Theory]
    [InlineData(GridPooling.Query)]
    [InlineData(GridPooling.Region)]
    public void Count_AnyGridClassifier_CountsItsParameters(GridPooling pooling)
    {
        var config = new GridClassifierConfig(new VitConfig(1, 12, 8, 2, 6, 2, 3, 10), 3, 2, 5, pooling);
        using var model = new GridClassifier(config);

        Assert.Equal(Parameters(model), CostCounter.Count(config).Parameters);
    }

    [Fact]
    public void Count_AnyTranscriber_CountsItsParameters()
    {
        var config = new TranscriberConfig(new VitConfig(1, 12, 8, 2, 6, 2, 3, 10), DecoderDepth: 3, MostDigits: 9);
        using var model = new GridTranscriber(config);

        Assert.Equal(Parameters(model), CostCounter.Count(config).Parameters);
    }

    // 4 and 8 filters: 9·4 + 4 = 40 and 36·8 + 8 = 296; 8·49 features to 16: 392·16 + 16 = 6,288; head 170.
    // Multiply-adds: 784·36 = 28,224 and 196·36·8 = 56,448; 6,272; 160; times two.
    [Fact]
    public void Count_ADigitCnn_IsTheSumDoneByHand() =>
        AssertCounts(40 + 296 + 6_288 + 170, 2 * (28_224 + 56_448 + 6_272 + 160), CostCounter.Count(new DigitEncoderConfig(28, Channels: 4, Embedding: 16), classes: 10));

    // Three cells, two blocks. A block: norms 64, attention 1,088, MLP 528 + 528 (see above, MLP 32): 544 + 528. Behind it a norm of 32 and a head of 17.
    // Multiply-adds: a cell's encoder 28,224 + 56,448 + 6,272 = 90,944; a block 3·(4·256 + 2·512) + 2·9·16 = 6,432; head 16.
    [Fact]
    public void CountSummer_ThreeCells_IsTheSumDoneByHand() => AssertCounts(
        6_624 + (2 * (64 + 1_088 + 1_072)) + 32 + 17,
        2 * ((3 * 90_944) + (2 * 6_432) + 16),
        CostCounter.CountSummer(SequenceConfig.Of(new DigitEncoderConfig(28, 4, 16), cells: 3, depth: 2, heads: 4, mlpDim: 32)));

    // The same with a third norm; the anchor alone asks (2·256), all three cells are keys and values (2·3·256), scores and values 2·3·16, MLP 1,024.
    [Fact]
    public void CountFinder_ThreeCells_IsTheSumDoneByHand() => AssertCounts(
        6_624 + (2 * (96 + 1_088 + 1_072)) + 32 + 17,
        2 * ((3 * 90_944) + (2 * (512 + 1_536 + 96 + 1_024)) + 16),
        CostCounter.CountFinder(SequenceConfig.Of(new DigitEncoderConfig(28, 4, 16), cells: 3, depth: 2, heads: 4, mlpDim: 32)));

    private static void AssertCounts(long parameters, long forwardFlops, ModelCost cost) => Assert.Equal((parameters, forwardFlops), (cost.Parameters, cost.ForwardFlops));

    private static long Parameters(torch.nn.Module model) => model.parameters().Sum(parameter => parameter.numel());
}
