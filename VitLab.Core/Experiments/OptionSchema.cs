using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace VitLab.Experiments;

/// <summary>
/// The options of an experiment, read from the <see cref="OptionAttribute"/>s of its options record: the one source of the form, the
/// <c>--set</c> keys, the JSON of the API and every check.
/// </summary>
public sealed class OptionSchema
{
    private static readonly ConcurrentDictionary<Type, OptionSchema> s_schemas = new();
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private OptionSchema(Type type)
    {
        OptionsType = type;
        Fields = [.. Lineage(type)
            .SelectMany(level => level.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .DistinctBy(property => property.Name)                                                   // an overridden option stands where it was and
            .Select(property => type.GetProperty(property.Name)!)                                    // says what the overriding record says of it
            .Select(property => (Property: property, Option: property.GetCustomAttribute<OptionAttribute>()))
            .Where(pair => pair.Option is not null)
            .Select(pair => new OptionField(pair.Property, pair.Option!))];
    }

    public Type OptionsType { get; }

    /// <summary>Common options first, then the experiment's own, each in the order of its record.</summary>
    public IReadOnlyList<OptionField> Fields { get; }

    /// <param name="optionsType">A record deriving from <see cref="TrainingOptions"/>.</param>
    public static OptionSchema Of(Type optionsType) => s_schemas.GetOrAdd(optionsType, static type => new OptionSchema(type));

    public static OptionSchema Of(Experiment experiment) => Of(experiment.OptionsType);

    /// <summary>The options as a JSON object with camelCase keys, with the experiment's own fields.</summary>
    public static JsonElement Write(TrainingOptions options) => JsonSerializer.SerializeToElement(options, options.GetType(), s_json);

    /// <summary>
    /// The options of a stored run or checkpoint. All were written, so one that is missing is newer than the file: it has its record's own default,
    /// which is how things were before it came, whatever the presets say today.
    /// </summary>
    /// <exception cref="OptionException">Lists every unknown key and every value that will not do.</exception>
    public static TrainingOptions ReadStored(Experiment experiment, JsonElement stored) =>
        Read(experiment, stored, (TrainingOptions)Activator.CreateInstance(experiment.OptionsType)!);

    /// <summary><paramref name="defaults"/> with the values of a JSON object put over them, checked as a whole.</summary>
    /// <param name="overrides">An object by option keys; null or undefined changes nothing.</param>
    /// <exception cref="OptionException">Lists every unknown key and every value that will not do.</exception>
    public static TrainingOptions Read(Experiment experiment, JsonElement overrides, TrainingOptions defaults)
    {
        var schema = Of(experiment);
        if (overrides.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.Object))
        {
            throw new OptionException("options", $"expected an object such as {{\"epochs\":10}}, got {overrides.ValueKind}.");
        }

        var problems = new List<OptionProblem>();
        var options = defaults;
        foreach (var property in overrides.ValueKind == JsonValueKind.Object ? overrides.EnumerateObject() : default)
        {
            try
            {
                options = schema.With(options, property.Name, property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText());
            }
            catch (OptionException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        problems.AddRange(schema.Problems(options));
        return problems.Count == 0 ? options : throw new OptionException(problems);
    }

    /// <summary>The field of this key; upper case, '-' and '_' do not matter.</summary>
    /// <exception cref="OptionException">When there is none; names the nearest or all keys.</exception>
    public OptionField Field(string key) => Fields.FirstOrDefault(field => field.Matches(key))
        ?? throw new OptionException(key, $"no such option; there are {string.Join(", ", Fields.Select(field => field.Key))}.");

    /// <summary>A copy with one option set from text. Checks the value alone; <see cref="Check"/> sees how they fit together.</summary>
    /// <exception cref="OptionException">When the key is unknown or the value is not one, or out of range.</exception>
    public TrainingOptions With(TrainingOptions options, string key, string value)
    {
        if (options.GetType() != OptionsType)
        {
            throw new ArgumentException($"options: expected {OptionsType.Name}, got {options.GetType().Name}.", nameof(options));
        }

        var field = Field(key);
        var copy = options with { };
        field.Set(copy, field.Parse(value));
        return copy;
    }

    /// <summary>Everything wrong with these options, field by field and then together; empty when they can be run.</summary>
    public IReadOnlyList<OptionProblem> Problems(TrainingOptions options)
    {
        List<OptionProblem> problems = [.. Fields.Select(field => field.Check(options)).OfType<OptionProblem>()];
        return problems.Count > 0 ? problems : [.. options.Conflicts()];   // conflicts divide by values whose range has to hold first
    }

    /// <exception cref="OptionException">Lists everything that is wrong.</exception>
    public void Check(TrainingOptions options)
    {
        if (Problems(options) is { Count: > 0 } problems)
        {
            throw new OptionException(problems);
        }
    }

    private static Stack<Type> Lineage(Type type)
    {
        var lineage = new Stack<Type>();
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            lineage.Push(level);
        }

        return lineage;
    }
}
