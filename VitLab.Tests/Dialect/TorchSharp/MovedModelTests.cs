using VitLab.Experiments;
using VitLab.Inference;

namespace VitLab.Tests.Dialect.TorchSharp;

/// <summary>
/// A move to another device replaces every parameter of a TorchSharp module, and so does a change of type, which needs no GPU. A model that kept hold of a parameter elsewhere than in
/// its own field, or has fields that cannot be told apart by name, does not survive it.
/// </summary>
public class MovedModelTests
{
    public static TheoryData<string, string> Presets { get; } = [.. from experiment in ExperimentCatalog.All from preset in experiment.Presets select (experiment.Id, preset.Id)];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Network_ItsParametersReplaced_ReadsAndLearnsAsBefore(string id, string preset)
    {
        var experiment = ExperimentCatalog.Find(id);
        var options = experiment.FindPreset(preset).Options;
        using var learner = experiment.CreateLearner(options);
        var picture = InferenceBenchmark.Picture(experiment, options);
        var before = learner.Read(picture, withAttention: true);

        learner.Network.to(ScalarType.Float64).to(ScalarType.Float32);

        var after = learner.Read(picture, withAttention: true);
        Assert.Equal(before.Text, after.Text);
        Assert.Equal(before.Regions.SelectMany(region => region.Probabilities), after.Regions.SelectMany(region => region.Probabilities));
        Assert.All(learner.Network.parameters(), parameter => Assert.True(parameter.is_leaf && parameter.requires_grad));
    }
}
