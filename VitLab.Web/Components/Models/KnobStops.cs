using System.Globalization;
using VitLab.Experiments;
using VitLab.Web.Components.Train;

namespace VitLab.Web.Components.Models;

/// <summary>The values a knob turns through: round numbers within the option's range that go together with all other settings.</summary>
public static class KnobStops
{
    private const int FewEnough = 32;
    private const int ShareSteps = 18;

    /// <summary>As text, in rising order, with the value of the preset and the present one; none for an option that is no bounded number or while another one is wrong.</summary>
    public static IReadOnlyList<string> Of(OptionField field, RunDraft draft)
    {
        if (field.Kind is not (OptionKind.Integer or OptionKind.Number) || !double.IsFinite(field.Minimum) || !double.IsFinite(field.Maximum) || draft.Options is not { } options)
        {
            return [];
        }

        var schema = OptionSchema.Of(draft.Experiment);
        return
        [
            .. Round(field).Append(Value(field.GetText(draft.Preset.Options))).Append(Value(field.GetText(options))).Distinct().Order()
                .Select(value => value.ToString(CultureInfo.InvariantCulture))
                .Where(text => schema.Problems(schema.With(options, field.Key, text)).Count == 0),
        ];
    }

    private static IEnumerable<double> Round(OptionField field) => (field.Kind, field.Maximum - field.Minimum) switch
    {
        (OptionKind.Number, var range) => Enumerable.Range(0, ShareSteps + 1).Select(step => Math.Round(field.Minimum + (range * step / ShareSteps), 6)),
        (_, <= FewEnough) => Enumerable.Range((int)field.Minimum, (int)(field.Maximum - field.Minimum) + 1).Select(value => (double)value),
        _ => Eighths().SkipWhile(value => value < field.Minimum).TakeWhile(value => value <= field.Maximum),
    };

    /// <summary>1, 2 … 16, 18, 20 … 32, 36, 40 …: eight from each power of two to the next.</summary>
    private static IEnumerable<double> Eighths()
    {
        for (var value = 1.0; ; value += Math.Max(1, Math.Pow(2, Math.Floor(Math.Log2(value)) - 3)))
        {
            yield return value;
        }
    }

    private static double Value(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
