using VitLab.Insight;
using VitLab.Models;

namespace VitLab.Tests.Models;

public class VisionTransformerTests
{
    private static readonly VitConfig s_config = new(1, 28, 28, 7, 16, 2, 4, 32);

    [Fact]
    public void Forward_ABatch_GivesLogitsAndTokens()
    {
        using var model = new VisionTransformer(s_config, classes: 10);
        using var scope = torch.NewDisposeScope();
        var images = torch.rand(3, 1, 28, 28);

        Assert.Equal([3L, 10], model.call(images).shape);
        Assert.Equal([3L, 17, 16], model.forward_features(images).shape);
    }

    [Fact]
    public void Forward_NoClasses_IsABackboneThatGivesItsClsToken()
    {
        using var backbone = new VisionTransformer(s_config with { Channels = 3, Width = 14 });
        using var scope = torch.NewDisposeScope();

        Assert.Equal([2L, 16], backbone.call(torch.rand(2, 3, 28, 14)).shape);
        Assert.DoesNotContain(backbone.state_dict().Keys, name => name.StartsWith("head", StringComparison.Ordinal));
    }

    [Fact]
    public void Forward_WithoutPrefixTokens_ReadsTheMeanOfThePatches()
    {
        using var model = new VisionTransformer(s_config with { PrefixTokens = 0 });
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var images = torch.rand(2, 1, 28, 28);

        Assert.Equal([2L, 16, 16], model.forward_features(images).shape);
        Assert.Equal(Numbers(model.forward_features(images).mean([1])), Numbers(model.call(images)));
        Assert.DoesNotContain("cls_token", model.state_dict().Keys);
    }

    [Fact]
    public void Features_FixedPositions_GiveAPrefixTokenNone()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var config = s_config with { Positions = PositionEncoding.SineCosine, Depth = 0 };
        using var with = new VisionTransformer(config);
        using var without = new VisionTransformer(config with { PrefixTokens = 0 });
        without.load_state_dict(with.state_dict().Where(entry => entry.Key != "cls_token").ToDictionary());
        var images = torch.rand(1, 1, 28, 28);

        var tokens = Numbers(with.forward_features(images)).Chunk(16).ToArray();

        Assert.Equal(Numbers(without.forward_features(images)).Chunk(16), tokens.Skip(1));
        Assert.Equal(Numbers(functional.layer_norm(with.get_parameter("cls_token")!.view(16), [16], eps: 1e-6)), tokens[0]);
    }

    // Deviations over 768 · 192 and 192 · 48 numbers are known to a few per mille.
    [Fact]
    public void Weights_FixedScale_AreViTsOwn()
    {
        using var model = new VisionTransformer(new VitConfig(3, 32, 32, 4, 192, 1, 3, 768) { Weights = WeightScale.Fixed }, classes: 10);
        var deviations = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.std().ToSingle());

        Assert.Equal(0.02, deviations["blocks.0.mlp.fc1.weight"], 5e-4);
        Assert.Equal(0.02, deviations["head.weight"], 2e-3);
        Assert.Equal(0.02, deviations["pos_embed"], 1e-3);
        Assert.Equal(Math.Sqrt(2.0 / 48), deviations["patch_embed.proj.weight"], 6e-3);
        Assert.All(model.named_parameters().Where(entry => entry.name.EndsWith("bias", StringComparison.Ordinal)), entry => Assert.All(Numbers(entry.parameter), value => Assert.Equal(0, value)));
        Assert.All(Numbers(model.get_parameter("norm.weight")!), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Features_SeveralPrefixTokens_ComeBeforeThePatches()
    {
        using var model = new VisionTransformer(s_config with { PrefixTokens = 3, Depth = 0 });
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var images = torch.rand(1, 1, 28, 28);

        var tokens = Numbers(model.forward_features(images)).Chunk(16).ToArray();
        var others = Numbers(model.forward_features(torch.zeros(1, 1, 28, 28))).Chunk(16).ToArray();

        Assert.Equal(3 + 16, tokens.Length);
        Assert.All(Enumerable.Range(0, 19), i => Assert.Equal(i < 3, tokens[i].SequenceEqual(others[i])));   // without blocks the prefix knows nothing of the picture
    }

    [Fact]
    public void Features_BlocksWithinWindows_KnowNothingOfOtherWindows()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var config = s_config with { PrefixTokens = 0, Height = 56, Width = 56, Window = 4 };
        using var windows = new VisionTransformer(config with { WindowBlocks = 2 });
        using var lastIsGlobal = new VisionTransformer(config with { WindowBlocks = 1 });
        var images = torch.rand(1, 1, 56, 56);
        var changed = images.clone();
        changed.narrow(2, 28, 28).narrow(3, 0, 28).fill_(0);   // the window in the second row, on the left

        Assert.Equal(Enumerable.Range(0, 64).Where(patch => patch / 8 >= 4 && patch % 8 < 4), Changed(windows));
        Assert.Equal(Enumerable.Range(0, 64), Changed(lastIsGlobal));

        IEnumerable<int> Changed(VisionTransformer model)
        {
            var (before, after) = (Numbers(model.forward_features(images)).Chunk(16).ToArray(), Numbers(model.forward_features(changed)).Chunk(16).ToArray());
            return Enumerable.Range(0, 64).Where(patch => !before[patch].SequenceEqual(after[patch]));
        }
    }

    [Fact]
    public void Recorder_BlocksWithinWindows_GiveOtherWindowsNothing()
    {
        using var model = new VisionTransformer(s_config with { PrefixTokens = 1, Height = 56, Width = 56, Window = 4, WindowBlocks = 1 });
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var images = torch.rand(1, 1, 56, 56);
        var fused = Numbers(model.forward_features(images));
        using var recorder = new AttentionRecorder(model);

        var features = Numbers(model.forward_features(images));

        Assert.All(features.Zip(fused), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        Assert.Equal(0, recorder.Calls[0][(1 * 65) + 1 + 4]);         // the first patch and the first of the next window
        Assert.True(recorder.Calls[0][(1 * 65) + 1 + 3] > 0);         // the last of its own row
        Assert.True(recorder.Calls[0][1 * 65] > 0 && recorder.Calls[0][64] > 0);   // CLS sees and is seen
        Assert.True(recorder.Calls[1][(1 * 65) + 1 + 4] > 0);         // the second block looks everywhere
    }

    [Fact]
    public void StateDict_Windows_HaveAPositionForEveryPatchOfOne()
    {
        using var model = new VisionTransformer(s_config with { Height = 56, Width = 56, Window = 4, WindowBlocks = 1, Depth = 1 });

        Assert.Equal(["cls_token", "pos_embed", "pos_embed_window", "patch_embed.proj.weight"], model.state_dict().Keys.Take(4));
        Assert.Equal([1L, 16, 16], model.state_dict()["pos_embed_window"].shape);
        Assert.DoesNotContain(model.state_dict().Keys, name => name.EndsWith("mask", StringComparison.Ordinal));
    }

    [Fact]
    public void Constructor_WindowsThatCutThePatchGrid_AreRefused() =>
        Assert.Contains("4 × 4 patches", Assert.Throws<ArgumentException>(() => new VisionTransformer(s_config with { Height = 42, Window = 4, WindowBlocks = 1 })).Message, StringComparison.Ordinal);

    // timm.create_model("vit_tiny_patch16_224", depth=1).state_dict().keys()
    [Fact]
    public void StateDict_Names_AreTimms()
    {
        using var model = new VisionTransformer(s_config with { Depth = 1 }, classes: 10);

        Assert.Equal(
            [
                "cls_token", "pos_embed", "patch_embed.proj.weight", "patch_embed.proj.bias",
                "blocks.0.norm1.weight", "blocks.0.norm1.bias", "blocks.0.attn.qkv.weight", "blocks.0.attn.qkv.bias", "blocks.0.attn.proj.weight", "blocks.0.attn.proj.bias",
                "blocks.0.norm2.weight", "blocks.0.norm2.bias", "blocks.0.mlp.fc1.weight", "blocks.0.mlp.fc1.bias", "blocks.0.mlp.fc2.weight", "blocks.0.mlp.fc2.bias",
                "norm.weight", "norm.bias", "head.weight", "head.bias",
            ],
            model.state_dict().Keys);
    }

    [Fact]
    public void Train_DropoutAndStochasticDepth_ChangeTheOutputAndEvalDoesNot()
    {
        using var model = new VisionTransformer(s_config with { Dropout = 0.2, AttentionDropout = 0.2, StochasticDepth = 0.5 }, classes: 10);
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var images = torch.rand(2, 1, 28, 28);

        model.eval();
        Assert.Equal(Numbers(model.call(images)), Numbers(model.call(images)));
        model.train();
        Assert.NotEqual(Numbers(model.call(images)), Numbers(model.call(images)));
    }

    [Fact]
    public void Recorder_WhileRecording_OutputIsTheFusedOneAndRowsSumToOne()
    {
        using var model = new VisionTransformer(s_config, classes: 10);
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        model.eval();
        var images = torch.rand(2, 1, 28, 28);
        var fused = Numbers(model.call(images));

        float[] observed;
        AttentionMaps maps;
        using (var recorder = new AttentionRecorder(model))
        {
            observed = Numbers(model.call(images));
            maps = recorder.ToMaps();
            Assert.All(recorder.Calls, layer => Assert.All(layer.Chunk(17), row => Assert.Equal(1, row.Sum(), 1e-5)));
        }

        Assert.Equal((2, 4, 17, 1), (maps.Layers, maps.Heads, maps.Tokens, maps.PrefixTokens));
        Assert.Equal(2 * 4 * 17 * 17, maps.Weights.Length);
        for (var i = 0; i < fused.Length; i++)
        {
            Assert.Equal(fused[i], observed[i], 1e-5);
        }

        Assert.Equal(fused, Numbers(model.call(images)));   // the recorder is gone and the fused path is back
    }

    private static float[] Numbers(torch.Tensor tensor) => tensor.data<float>().ToArray();
}
