using VitLab.Models;

namespace VitLab.Tests.Models;

public class GridClassifierTests
{
    private static readonly VitConfig s_vit = new(1, 56, 56, 7, 16, 2, 4, 32);

    [Theory]
    [InlineData(GridPooling.Query, 2, 2)]
    [InlineData(GridPooling.Region, 2, 2)]
    [InlineData(GridPooling.Query, 3, 1)]
    [InlineData(GridPooling.Region, 3, 1)]
    public void Forward_ABatch_GivesLogitsOfEveryCell(GridPooling pooling, int rows, int columns)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(new GridClassifierConfig(s_vit with { Height = 28 * rows, Width = 28 * columns }, rows, columns, Classes: 11, pooling));

        Assert.Equal([3L, rows * columns, 11], model.call(torch.rand(3, 1, 28 * rows, 28 * columns)).shape);
    }

    [Fact]
    public void StateDict_Queries_ArePrefixTokensOfABackboneWithoutHead()
    {
        using var model = new GridClassifier(new GridClassifierConfig(s_vit with { Depth = 1 }, 2, 2, 11, GridPooling.Query));
        using var backbone = new VisionTransformer(s_vit with { Depth = 1 });
        var state = model.state_dict();

        Assert.Equal(backbone.state_dict().Keys.Select(name => "backbone." + name), state.Keys.Take(backbone.state_dict().Count));
        Assert.Equal(["heads.0.weight", "heads.0.bias", "heads.1.weight", "heads.1.bias", "heads.2.weight", "heads.2.bias", "heads.3.weight", "heads.3.bias"], state.Keys.Skip(backbone.state_dict().Count));
        Assert.Equal([1L, 4, 16], state["backbone.cls_token"].shape);
        Assert.Equal([1L, 4 + 64, 16], state["backbone.pos_embed"].shape);
    }

    [Fact]
    public void StateDict_Regions_HaveNoPrefixTokens()
    {
        using var model = new GridClassifier(new GridClassifierConfig(s_vit, 2, 2, 11, GridPooling.Region));

        Assert.DoesNotContain("backbone.cls_token", model.state_dict().Keys);
        Assert.Equal([1L, 64, 16], model.state_dict()["backbone.pos_embed"].shape);
    }

    // Without blocks a patch token depends on its own patch alone, so a head must see nothing of the other cells.
    [Fact]
    public void Forward_RegionsWithoutBlocks_EveryHeadReadsItsOwnCell()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = new GridClassifier(new GridClassifierConfig(s_vit with { Depth = 0, Height = 84 }, 3, 2, 11, GridPooling.Region));
        var images = torch.rand(1, 1, 84, 56);
        var changed = images.clone();
        changed.narrow(2, 28, 28).narrow(3, 28, 28).fill_(0);   // the cell in the second row, on the right

        var before = model.call(images).data<float>().ToArray().Chunk(11).ToArray();
        var after = model.call(changed).data<float>().ToArray().Chunk(11).ToArray();

        Assert.All(Enumerable.Range(0, 6), cell => Assert.Equal(cell != 3, before[cell].SequenceEqual(after[cell])));
    }

    [Theory]
    [InlineData(GridPooling.Query)]
    [InlineData(GridPooling.Region)]
    public void Train_EightPictures_KnowsThemByHeart(GridPooling pooling)
    {
        torch.manual_seed(5);
        using var scope = torch.NewDisposeScope();
        using var model = new GridClassifier(new GridClassifierConfig(s_vit with { Patch = 14 }, 2, 2, 11, pooling));
        var images = torch.rand(8, 1, 56, 56);
        long[] labels = [.. Enumerable.Range(0, 8 * 4).Select(i => (long)(i * 7 % 11))];
        var targets = torch.tensor(labels, [labels.Length]);
        using var optimizer = torch.optim.AdamW(model.parameters(), lr: 3e-3);
        for (var step = 0; step < 150; step++)
        {
            using var stepScope = torch.NewDisposeScope();
            optimizer.zero_grad();
            functional.cross_entropy(model.call(images).flatten(0, 1), targets).backward();
            optimizer.step();
        }

        Assert.Equal(labels, model.call(images).argmax(2).flatten().data<long>().ToArray());
    }

    [Fact]
    public void Constructor_RegionsThatCutPatches_SaysWhatWouldFit()
    {
        var e = Assert.Throws<ArgumentException>(() => new GridClassifier(new GridClassifierConfig(s_vit with { Height = 49, Width = 49 }, 2, 2, 11, GridPooling.Region)));

        Assert.Contains("2 × 2 cells need a patch grid of multiples of that, got 7 × 7", e.Message, StringComparison.Ordinal);
    }
}
