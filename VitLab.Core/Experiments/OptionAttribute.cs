namespace VitLab.Experiments;

/// <summary>
/// One option of a run: its form field, its <c>--set</c> key and its check come from this attribute alone.
/// </summary>
/// <param name="title">Label on the form.</param>
/// <param name="help">One sentence: what it does or costs.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string title, string help) : Attribute
{
    public string Title { get; } = title;

    public string Help { get; } = help;

    public double Minimum { get; init; } = double.NegativeInfinity;

    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Section of the form: "Training", "Model", "Augmentation", "Data".</summary>
    public string Group { get; init; } = "Training";

    /// <summary>Unit shown behind the number ("epochs", "px", "°"), empty for pure numbers.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The allowed words of a text option.</summary>
    public string[] Choices { get; init; } = [];
}
