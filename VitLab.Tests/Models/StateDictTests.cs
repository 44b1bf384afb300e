using VitLab.Models;

namespace VitLab.Tests.Models;

public class StateDictTests
{
    private static readonly VitConfig s_config = new(1, 28, 28, 14, 8, 1, 2, 16);

    [Fact]
    public void Import_WhatAnotherModelExported_MakesThemEqual()
    {
        using var source = new VisionTransformer(s_config, classes: 10);
        using var target = new VisionTransformer(s_config, classes: 10);

        StateDict.Import(target, StateDict.Export(source), "source");

        Assert.Equal(StateDict.Export(source).Values.SelectMany(tensor => tensor.Floats!), StateDict.Export(target).Values.SelectMany(tensor => tensor.Floats!));
    }

    [Fact]
    public void Import_AForeignModel_ListsWhatIsMissingUnexpectedAndMisshapen()
    {
        using var model = new VisionTransformer(s_config, classes: 10);
        var tensors = StateDict.Export(model);
        tensors.Remove("cls_token");
        tensors["fc.weight"] = HostTensor.Of(new float[4], 2, 2);
        tensors["head.bias"] = HostTensor.Of(new float[7], 7);
        var before = StateDict.Export(model)["head.weight"].Floats;

        var e = Assert.Throws<CheckpointException>(() => StateDict.Import(model, tensors, "other.safetensors"));

        Assert.Equal(
            "other.safetensors: the tensors are not this model's: missing: cls_token; unexpected: fc.weight; of another shape: head.bias (expected float32 [10], got float32 [7]).",
            e.Message);
        Assert.Equal(before, StateDict.Export(model)["head.weight"].Floats);
    }
}
