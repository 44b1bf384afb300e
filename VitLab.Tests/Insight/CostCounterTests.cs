using VitLab.Insight;
using VitLab.Models;

namespace VitLab.Tests.Insight;

public class CostCounterTests
{
    // d64: cls 64, positions 17·64 = 1,088, patch embedding 49·64 + 64 = 3,200, final norm 128, head 650.
    // A block: norms 256, qkv 64·192 + 192 = 12,480, projection 4,160, MLP 8,320 + 8,256; four of them 133,888. In all 139,018.
    // Multiply-adds: patches 16·49·64 = 50,176; a block 17·(12,288 + 4,096 + 16,384) + 2·17·17·64 = 594,048; head 640; times two.
    [Fact]
    public void Count_D64_IsTheSumDoneByHand() =>
        Assert.Equal(new ModelCost(139_018, 2 * (50_176 + (4 * 594_048) + 640)), CostCounter.Count(new VitConfig(1, 28, 28, 7, 64, 4, 4, 128), classes: 10));

    [Fact]
    public void Count_AnyShape_CountsTheModelsParameters()
    {
        var config = new VitConfig(3, 8, 12, 4, 6, 2, 3, 10);
        using var model = new VisionTransformer(config, classes: 5);

        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), CostCounter.Count(config, classes: 5).Parameters);
    }
}
