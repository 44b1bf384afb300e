namespace VitLab.Tests.Engines;

/// <summary>
/// Reads the YAML that compose files are written in here: maps by indentation, lists of "- " entries or in brackets, plain and quoted words, comments.
/// Anything else is an error. A map is a dictionary, a list a list, a word a string, nothing after a colon is null.
/// </summary>
internal sealed class Yaml
{
    private readonly List<(int Indent, string Text)> _lines = [];
    private int _at;

    private Yaml(string text)
    {
        foreach (var line in text.Split('\n').Select(line => line.Split(" #")[0].TrimEnd()))
        {
            var words = line.TrimStart(' ');
            if (words.Length > 0 && words[0] != '#')
            {
                _lines.Add((line.Length - words.Length, words));
            }
        }
    }

    public static Dictionary<string, object?> Parse(string text)
    {
        var yaml = new Yaml(text);
        var map = (Dictionary<string, object?>)yaml.Block(0);
        return yaml._at == yaml._lines.Count ? map : throw new FormatException($"\"{yaml._lines[yaml._at].Text}\" is indented unlike its neighbours.");
    }

    /// <summary>What compose makes of two files: maps grow together, anything else is replaced by the later file's.</summary>
    public static Dictionary<string, object?> Merge(Dictionary<string, object?> first, Dictionary<string, object?> second)
    {
        var merged = new Dictionary<string, object?>(first);
        foreach (var (key, value) in second)
        {
            merged[key] = merged.GetValueOrDefault(key) is Dictionary<string, object?> own && value is Dictionary<string, object?> other ? Merge(own, other) : value;
        }

        return merged;
    }

    /// <summary>What stands at a path of keys: "services/vitlab/build".</summary>
    public static object? At(object? node, string path) => path.Split('/').Aggregate(node, (current, key) => (current as Dictionary<string, object?>)?.GetValueOrDefault(key));

    private object Block(int indent)
    {
        if (_lines[_at].Text.StartsWith("- ", StringComparison.Ordinal))
        {
            return List(indent);
        }

        var map = new Dictionary<string, object?>();
        while (_at < _lines.Count && _lines[_at].Indent == indent)
        {
            var (key, value) = Pair(_lines[_at++].Text);
            map.Add(key, value.Length > 0 ? Word(value) : _at < _lines.Count && _lines[_at].Indent > indent ? Block(_lines[_at].Indent) : null);
        }

        return map;
    }

    // An entry's words may open a map: the rest of it stands two columns further in.
    private List<object?> List(int indent)
    {
        List<object?> entries = [];
        while (_at < _lines.Count && _lines[_at].Indent == indent && _lines[_at].Text.StartsWith("- ", StringComparison.Ordinal))
        {
            var text = _lines[_at].Text[2..];
            if (IsPair(text))
            {
                _lines[_at] = (indent + 2, text);
                entries.Add(Block(indent + 2));
            }
            else
            {
                _at++;
                entries.Add(Word(text));
            }
        }

        return entries;
    }

    private static bool IsPair(string text) => text[0] is not ('"' or '[') && (text.EndsWith(':') || text.Contains(": ", StringComparison.Ordinal));

    private static (string Key, string Value) Pair(string text)
    {
        if (!IsPair(text) || text.Contains('\t', StringComparison.Ordinal))
        {
            throw new FormatException($"\"{text}\" is no \"key: value\".");
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return (text[..colon], text[(colon + 1)..].Trim());
    }

    private static object Word(string text) => text switch
    {
        ['[', .. var inner, ']'] => inner.Split(',', StringSplitOptions.TrimEntries).Select(Word).ToList<object?>(),
        ['"', .. var inner, '"'] => inner,
        ['[' or '"' or '{' or '&' or '*' or '|' or '>', ..] => throw new FormatException($"\"{text}\" is YAML that this reader does not read."),
        _ => text,
    };
}
