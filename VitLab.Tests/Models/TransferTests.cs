using VitLab.Models;

namespace VitLab.Tests.Models;

/// <summary>What a model takes over from another of a different size, and what it says of it.</summary>
public class TransferTests
{
    private const double Rounding = 1e-6;
    private const int D = 8;

    // A single-digit model: 4 × 4 patches of 7 px and CLS.
    private static readonly VitConfig s_digit = new(1, 28, 28, 7, D, 1, 2, 16);
    private static readonly VitConfig s_grid = s_digit with { Height = 56, Width = 56 };
    private static readonly VitConfig s_windows = s_grid with { Window = 4, WindowBlocks = 1 };

    [Fact]
    public void Transfer_ABackboneInsideALargerModel_FindsItself()
    {
        using var backbone = new VisionTransformer(s_digit);
        var tensors = StateDict.Export(backbone).ToDictionary(pair => "backbone." + pair.Key, pair => pair.Value);
        using var model = new VisionTransformer(s_digit, classes: 10);

        var report = StateDict.Transfer(model, tensors);

        Assert.Equal(StateDict.Export(backbone).Keys, report.Copied);
        Assert.Empty(report.Adapted);
        Assert.Equal(["head.weight", "head.bias"], report.Fresh);
        Assert.Equal(tensors["backbone.pos_embed"].Floats, StateDict.Export(model)["pos_embed"].Floats);
    }

    [Fact]
    public void Transfer_OneDigitToGridQueries_InterpolatesPositionsAndRepeatsTheClsToken()
    {
        var source = Digit();
        using var model = new GridClassifier(new GridClassifierConfig(s_grid, 2, 2, 11, GridPooling.Query));

        var report = StateDict.Transfer(model, source);

        Assert.Equal([new("backbone.cls_token", "one token repeated for 4"), new("backbone.pos_embed", "positions interpolated 4 × 4 → 8 × 8")], report.Adapted);
        Assert.Equal([.. Enumerable.Range(0, 4).SelectMany(cell => new[] { $"heads.{cell}.weight", $"heads.{cell}.bias" })], report.Fresh);
        Assert.Contains("backbone.blocks.0.attn.qkv.weight", report.Copied);
        Assert.Contains("backbone.patch_embed.proj.weight", report.Copied);
        Assert.Equal(model.state_dict().Count, report.Total);

        var (from, to) = (Rows(source["pos_embed"]), Rows(StateDict.Export(model)["backbone.pos_embed"]));
        Assert.All(Rows(StateDict.Export(model)["backbone.cls_token"]), query => Assert.Equal(source["cls_token"].Floats, query));
        Assert.All(to[..4], position => Assert.Equal(from[0], position));
        AssertGrid(from[1..], to[4..]);
    }

    // Fixed positions have nothing to take over; learned ones are those of the patches.
    [Fact]
    public void Transfer_OneDigitToADetector_CarriesTheBackboneAndItsPositionsWhereItHasAny()
    {
        var source = Digit();
        var config = new DetectorConfig(s_grid, Classes: 10);
        using var learned = new SceneDetector(config);
        using var told = new SceneDetector(config with { Vit = s_grid with { Positions = PositionEncoding.SineCosine } });

        var (withPositions, without) = (StateDict.Transfer(learned, source), StateDict.Transfer(told, source));

        Assert.Equal([new("backbone.pos_embed", "positions interpolated 4 × 4 → 8 × 8")], withPositions.Adapted);
        Assert.Empty(without.Adapted);
        Assert.Equal(["presence.weight", "presence.bias", "digit.weight", "digit.bias", "box.weight", "box.bias", "thresholds"], without.Fresh);
        Assert.Equal(without.Fresh, withPositions.Fresh);
        Assert.Equal(without.Copied, withPositions.Copied);
        AssertGrid(Rows(source["pos_embed"])[1..], Rows(StateDict.Export(learned)["backbone.pos_embed"]));
    }

    [Fact]
    public void Transfer_OneDigitToGridRegions_LeavesTheClsTokenOut()
    {
        var source = Digit();
        using var model = new GridClassifier(new GridClassifierConfig(s_grid, 2, 2, 11, GridPooling.Region));

        var report = StateDict.Transfer(model, source);

        Assert.Equal(["backbone.pos_embed"], report.Adapted.Select(entry => entry.Name));
        AssertGrid(Rows(source["pos_embed"])[1..], Rows(StateDict.Export(model)["backbone.pos_embed"]));
    }

    [Fact]
    public void Transfer_OneDigitToWindows_KeepsItsPositionsInEveryCellAndLearnsWhereCellsLie()
    {
        var source = Digit();
        using var model = new GridClassifier(new GridClassifierConfig(s_windows, 2, 2, 11, GridPooling.Region));
        var before = StateDict.Export(model);

        var report = StateDict.Transfer(model, source);

        Assert.Equal([new("backbone.pos_embed_window", "positions of one digit kept in every cell")], report.Adapted);
        Assert.Contains("backbone.pos_embed", report.Fresh);
        var after = StateDict.Export(model);
        Assert.Equal(Rows(source["pos_embed"])[1..], Rows(after["backbone.pos_embed_window"]));
        Assert.Equal(before["backbone.pos_embed"].Floats, after["backbone.pos_embed"].Floats);
    }

    // With its own digit's positions in every cell, each cell goes through the same blocks as the digit alone.
    [Fact]
    public void Transfer_OneDigitToWindows_SeesEachCellAsTheDigitAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var digit = new VisionTransformer(s_digit with { PrefixTokens = 0 });
        using var grid = new VisionTransformer(s_windows with { PrefixTokens = 0 });
        StateDict.Transfer(grid, StateDict.Export(digit));
        grid.state_dict()["pos_embed"].zero_();
        var picture = torch.rand(1, 1, 56, 56);

        var cell = grid.forward_features(picture).view(8, 8, D).narrow(0, 4, 4).narrow(1, 0, 4).reshape(16, D);   // the lower left one

        AssertClose(digit.forward_features(picture.narrow(2, 28, 28).narrow(3, 0, 28)).data<float>().ToArray(), cell.data<float>().ToArray(), share: 1e-5);
    }

    [Fact]
    public void Transfer_WindowsToWindows_CopiesBothPositions()
    {
        using var source = new VisionTransformer(s_windows);
        using var model = new GridClassifier(new GridClassifierConfig(s_windows, 2, 2, 11, GridPooling.Query));

        var report = StateDict.Transfer(model, StateDict.Export(source));

        Assert.Contains("backbone.pos_embed_window", report.Copied);
        Assert.Equal(["backbone.cls_token", "backbone.pos_embed"], report.Adapted.Select(entry => entry.Name));
    }

    // Without windows there is one position for a patch: where it lies in its window and where that lies, together.
    [Fact]
    public void Transfer_WindowsToNone_AddsBothPositions()
    {
        using var source = new VisionTransformer(s_windows with { PrefixTokens = 0 });
        using var model = new VisionTransformer(s_grid with { PrefixTokens = 0 });
        var from = StateDict.Export(source);

        var report = StateDict.Transfer(model, from);

        Assert.Contains("pos_embed", report.Copied);
        var (lie, within, to) = (Rows(from["pos_embed"]), Rows(from["pos_embed_window"]), Rows(StateDict.Export(model)["pos_embed"]));
        Assert.All(Enumerable.Range(0, 64), patch =>
            AssertClose([.. lie[patch].Zip(within[(patch / 8 % 4 * 4) + (patch % 4)], (a, b) => a + b)], to[patch]));
    }

    [Theory]
    [InlineData(16, D / 2)]
    [InlineData(9, D)]
    [InlineData(15, D)]
    [InlineData(100, D)]
    public void Transfer_WindowsThatDoNotFitThePicture_TakesItsPositionsAsTheyAre(int patches, int width)
    {
        using var model = new VisionTransformer(s_grid with { PrefixTokens = 0 });
        using var source = new VisionTransformer(s_grid with { PrefixTokens = 0 });
        var from = StateDict.Export(source);
        from["pos_embed_window"] = HostTensor.Of(new float[patches * width], 1, patches, width);

        StateDict.Transfer(model, from);

        Assert.Equal(from["pos_embed"].Floats, StateDict.Export(model)["pos_embed"].Floats);
    }

    // 28 px of 7 and 56 px of 14 are both 4 × 4 patches: positions stay, only CLS's goes; patches are read at half their size.
    [Fact]
    public void Transfer_OneDigitToTranscriber_ReadsPatchesOfTwiceTheSideAsTheirAverages()
    {
        var source = Digit();
        using var model = new GridTranscriber(new TranscriberConfig(s_grid with { Patch = 14 }, DecoderDepth: 1, MostDigits: 4));

        var report = StateDict.Transfer(model, source);

        Assert.Equal([new("backbone.pos_embed", "positions of the patches kept"), new("backbone.patch_embed.proj.weight", "patches resized 7 × 7 → 14 × 14 px")], report.Adapted);
        Assert.All(report.Fresh, name => Assert.StartsWith("decoder.", name, StringComparison.Ordinal));
        AssertClose([.. Rows(source["pos_embed"])[1..].SelectMany(row => row)], StateDict.Export(model)["backbone.pos_embed"].Floats!);

        using var scope = torch.NewDisposeScope();
        using var digits = new VisionTransformer(s_digit with { PrefixTokens = 0 });
        StateDict.Transfer(digits, source);
        var small = torch.rand(2, 1, 28, 28);
        var large = small.unsqueeze(3).unsqueeze(5).expand(2, 1, 28, 2, 28, 2).reshape(2, 1, 56, 56);
        AssertClose(digits.forward_features(small).data<float>().ToArray(), model.encode(large).data<float>().ToArray(), share: 1e-5);
    }

    [Fact]
    public void Transfer_FourQueriesToNine_KeepsTheNewQueriesFirstValues()
    {
        using var four = new GridClassifier(new GridClassifierConfig(s_grid, 2, 2, 11, GridPooling.Query));
        using var nine = new GridClassifier(new GridClassifierConfig(s_grid with { Height = 84, Width = 84 }, 3, 3, 11, GridPooling.Query));
        var before = StateDict.Export(nine);

        var report = StateDict.Transfer(nine, StateDict.Export(four));

        var after = StateDict.Export(nine);
        Assert.Contains("backbone.cls_token", report.Fresh);
        Assert.Equal(["backbone.pos_embed"], report.Adapted.Select(entry => entry.Name));
        Assert.Equal(before["backbone.cls_token"].Floats, after["backbone.cls_token"].Floats);
        Assert.Equal(Rows(before["backbone.pos_embed"])[..9], Rows(after["backbone.pos_embed"])[..9]);
        Assert.NotEqual(Rows(before["backbone.pos_embed"])[9], Rows(after["backbone.pos_embed"])[9]);
    }

    // 16 patches and 9 queries are 25 tokens, 25 patches alone are too: the same shape means something else.
    [Fact]
    public void Transfer_PositionsOfTheSameShapeButAnotherPrefix_AreInterpolated()
    {
        using var queries = new VisionTransformer(s_digit with { PrefixTokens = 9 });
        using var patches = new VisionTransformer(s_digit with { Height = 35, Width = 35, PrefixTokens = 0 });

        var report = StateDict.Transfer(patches, StateDict.Export(queries));

        Assert.Equal(["pos_embed"], report.Adapted.Select(entry => entry.Name));
        AssertClose(Rows(StateDict.Export(queries)["pos_embed"])[9], Rows(StateDict.Export(patches)["pos_embed"])[0]);   // the corners stay
    }

    [Fact]
    public void Transfer_AnotherWidth_TakesNothingAndSaysSo()
    {
        using var model = new VisionTransformer(s_digit with { Dim = 2 * D, Height = 56, Width = 56, Patch = 14 });
        var before = StateDict.Export(model);

        var report = StateDict.Transfer(model, Digit());

        Assert.Equal(["blocks.0.mlp.fc1.bias"], report.Copied);   // the one entry that does not follow the width
        Assert.Empty(report.Adapted);
        Assert.Equal(before.Count - 1, report.Fresh.Count);
        Assert.Equal(before["pos_embed"].Floats, StateDict.Export(model)["pos_embed"].Floats);
    }

    private static Dictionary<string, HostTensor> Digit()
    {
        torch.manual_seed(11);
        using var model = new VisionTransformer(s_digit, classes: 10);
        return StateDict.Export(model);
    }

    private static float[][] Rows(HostTensor tensor) => [.. tensor.Floats!.Chunk(D)];

    /// <summary>A 4 × 4 grid of positions became 8 × 8: every row of numbers by Resampling, whose tests say how.</summary>
    private static void AssertGrid(float[][] from, float[][] to)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal((16, 64), (from.Length, to.Length));
        for (var d = 0; d < D; d++)
        {
            var grid = torch.tensor(from.Select(row => row[d]).ToArray(), [4, 4]);
            AssertClose(Resampling.Apply(Resampling.Interpolation(4, 8), grid).data<float>().ToArray(), [.. to.Select(row => row[d])]);
        }
    }

    private static void AssertClose(float[] expected, float[] actual, double share = Rounding)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], share * Math.Max(1, expected.Max(Math.Abs)));
        }
    }
}
