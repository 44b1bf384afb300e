using System.Text.Json;
using System.Text.Json.Nodes;
using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

public class OptionSchemaTests
{
    private static readonly Experiment s_experiment = ExperimentCatalog.Find("single-digit");
    private static readonly OptionSchema s_schema = OptionSchema.Of(s_experiment);
    private static readonly TrainingOptions s_defaults = s_experiment.Presets[0].Options;

    [Fact]
    public void Fields_SingleDigit_HoldCommonOptionsThenItsOwn()
    {
        var keys = s_schema.Fields.Select(field => field.Key).ToList();

        Assert.Equal("data", keys[0]);
        Assert.Contains("labelSmoothing", keys);
        Assert.True(keys.IndexOf("checkpointSeconds") < keys.IndexOf("patch"));
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public void Fields_Every_HasTitleHelpAndGroup() => Assert.All(s_schema.Fields, field =>
    {
        Assert.NotEmpty(field.Title);
        Assert.EndsWith(".", field.Help, StringComparison.Ordinal);
        Assert.Contains(field.Group, (string[])["Data", "Training", "Model", "Augmentation"]);
    });

    [Theory]
    [InlineData("learningRate", "0.01")]
    [InlineData("learning-rate", "0.01")]
    [InlineData("LEARNING_RATE", "1e-2")]
    public void With_AnySpellingOfAKey_SetsACopy(string key, string value)
    {
        var changed = s_schema.With(s_defaults, key, value);

        Assert.Equal(0.01, changed.LearningRate);
        Assert.NotEqual(0.01, s_defaults.LearningRate);
        Assert.Equal(changed with { LearningRate = s_defaults.LearningRate }, s_defaults);
    }

    [Theory]
    [InlineData("learningRate", "0", "from 1E-06 to 10")]
    [InlineData("learningRate", "NaN", "a number")]
    [InlineData("learningRate", "fast", "got \"fast\"")]
    [InlineData("epochs", "2.5", "a whole number from 1 to 1000 epochs")]
    [InlineData("epochs", "0", "a whole number from 1 to 1000 epochs")]
    [InlineData("optimizer", "lion", "one of adamw, adam, sgd")]
    [InlineData("momentum", "1", "no such option")]
    public void With_AValueThatWillNotDo_NamesTheFieldAndWhatWould(string key, string value, string expected)
    {
        var e = Assert.Throws<OptionException>(() => s_schema.With(s_defaults, key, value));

        Assert.Equal(key, e.Field);
        Assert.Contains(expected, e.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("heads", "3", "heads")]
    [InlineData("patch", "5", "patch")]
    [InlineData("warmUpEpochs", "50", "warmUpEpochs")]
    public void Check_ValuesThatDoNotFitTogether_NameTheFieldToChange(string key, string value, string field)
    {
        var e = Assert.Throws<OptionException>(() => s_schema.Check(s_schema.With(s_defaults, key, value)));

        Assert.Equal(field, e.Field);
    }

    [Fact]
    public void Read_SeveralMistakes_ListsThemAll()
    {
        using var json = JsonDocument.Parse("""{"epochs": 0, "optimizer": "lion", "nonsense": 1, "seed": 5}""");

        var e = Assert.Throws<OptionException>(() => OptionSchema.Read(s_experiment, json.RootElement, s_defaults));

        Assert.Equal(["epochs", "optimizer", "nonsense"], e.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void Write_ThenRead_GivesTheSameOptions()
    {
        var options = s_schema.With(s_schema.With(s_defaults, "dim", "32"), "elastic", "1.25");

        Assert.Equal(options, OptionSchema.Read(s_experiment, OptionSchema.Write(options), s_defaults));
    }

    [Fact]
    public void Presets_OfEveryExperiment_CanBeRun() => Assert.All(ExperimentCatalog.All, experiment =>
        Assert.All(experiment.Presets, preset => Assert.Empty(OptionSchema.Of(experiment).Problems(preset.Options))));

    [Fact]
    public void ReadStored_AFileFromBeforeAnOption_HasItsOwnDefaultAndNotThePresets()
    {
        var heads = new GridHeads();
        var stored = JsonObject.Create(OptionSchema.Write(heads.Presets[0].Options))!;
        stored.Remove("windowBlocks");

        var read = (GridHeadsOptions)OptionSchema.ReadStored(heads, JsonSerializer.SerializeToElement(stored));

        Assert.Equal(((GridHeadsOptions)heads.Presets[0].Options) with { WindowBlocks = 0 }, read);
        Assert.NotEqual(0, ((GridHeadsOptions)heads.Presets[0].Options).WindowBlocks);
    }

    [Fact]
    public void Find_UnknownIds_NameTheKnownOnes()
    {
        Assert.Contains("single-digit", Assert.Throws<OptionException>(() => ExperimentCatalog.Find("mnist")).Message, StringComparison.Ordinal);
        Assert.Contains("d16", Assert.Throws<OptionException>(() => s_experiment.FindPreset("huge")).Message, StringComparison.Ordinal);
        Assert.Equal("d64", s_experiment.FindPreset(null).Id);
    }
}
