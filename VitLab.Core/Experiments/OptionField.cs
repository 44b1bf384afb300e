using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace VitLab.Experiments;

public enum OptionKind
{
    Number,
    Integer,
    Text,
    Flag,
}

/// <summary>One option as form, command line and API see it, read from its <see cref="OptionAttribute"/>.</summary>
public sealed class OptionField
{
    private readonly PropertyInfo _property;

    internal OptionField(PropertyInfo property, OptionAttribute option)
    {
        _property = property;
        Key = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        (Title, Help, Group, Unit, Choices) = (option.Title, option.Help, option.Group, option.Unit, option.Choices);
        (Minimum, Maximum) = (option.Minimum, option.Maximum);
        Kind = property.PropertyType switch
        {
            var type when type == typeof(double) => OptionKind.Number,
            var type when type == typeof(int) => OptionKind.Integer,
            var type when type == typeof(string) => OptionKind.Text,
            var type when type == typeof(bool) => OptionKind.Flag,
            var type => throw new NotSupportedException($"{property.DeclaringType?.Name}.{property.Name}: options are double, int, string or bool, not {type.Name}."),
        };
    }

    /// <summary>camelCase property name: the JSON key and, in any spelling, the <c>--set</c> key.</summary>
    public string Key { get; }

    public string Title { get; }

    public string Help { get; }

    public string Group { get; }

    public string Unit { get; }

    public OptionKind Kind { get; }

    /// <summary>Smallest allowed number; negative infinity when there is none.</summary>
    public double Minimum { get; }

    /// <summary>Largest allowed number; infinity when there is none.</summary>
    public double Maximum { get; }

    /// <summary>The allowed words of a text option; empty when any will do.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>The field's value: a double, int, string or bool.</summary>
    public object Get(TrainingOptions options) => _property.GetValue(options)!;

    /// <summary>The field's value as <c>--set</c> would take it.</summary>
    public string GetText(TrainingOptions options) => Get(options) switch
    {
        bool flag => flag ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>What is wrong with the value in <paramref name="options"/> taken by itself, or null.</summary>
    public OptionProblem? Check(TrainingOptions options) => Problem(Get(options)) is { } message ? new OptionProblem(Key, message) : null;

    internal bool Matches(string key) => Plain(key).Equals(Key, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes into a private copy: option records are immutable to everyone else.</summary>
    internal void Set(TrainingOptions copy, object value) => _property.SetValue(copy, value);

    /// <exception cref="OptionException">When the text is not such a value or lies outside the range.</exception>
    internal object Parse(string text)
    {
        object? value = Kind switch
        {
            OptionKind.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? i
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var whole) && whole == Math.Floor(whole) && Math.Abs(whole) <= int.MaxValue ? (int)whole : null,
            OptionKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) ? d : null,
            OptionKind.Flag => text.ToUpperInvariant() switch { "TRUE" or "1" or "YES" or "ON" => true, "FALSE" or "0" or "NO" or "OFF" => false, _ => null },
            _ => Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text,
        };
        if (value is null)
        {
            throw new OptionException(Key, $"expected {Expected()}, got \"{text}\".");
        }

        return Problem(value) is { } problem ? throw new OptionException(Key, problem) : value;
    }

    private static string Plain(string key) => key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private string? Problem(object value) => value switch
    {
        double number when !(number >= Minimum && number <= Maximum) || !double.IsFinite(number) => $"expected {Expected()}, got {number.ToString(CultureInfo.InvariantCulture)}.",
        int number when !(number >= Minimum && number <= Maximum) => $"expected {Expected()}, got {number.ToString(CultureInfo.InvariantCulture)}.",
        string text when Choices.Count > 0 && !Choices.Contains(text) => $"expected {Expected()}, got \"{text}\".",
        _ => null,
    };

    private string Expected()
    {
        var unit = Unit.Length == 0 ? "" : " " + Unit;
        return Kind switch
        {
            OptionKind.Flag => "true or false",
            OptionKind.Text => Choices.Count == 0 ? "text" : "one of " + string.Join(", ", Choices),
            _ => (Kind == OptionKind.Integer ? "a whole number" : "a number") + (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
            {
                (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {Minimum} to {Maximum}{unit}"),
                (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {Minimum}{unit}"),
                (false, true) => string.Create(CultureInfo.InvariantCulture, $" of at most {Maximum}{unit}"),
                _ => "",
            },
        };
    }
}
