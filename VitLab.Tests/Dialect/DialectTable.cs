using System.Reflection;
using VitLab.Tests.Support;

namespace VitLab.Tests.Dialect;

/// <summary>
/// TorchSharp's signatures, as far as VitLab speaks them (torchsharp-0.107.0.txt): a heading for each type, indented lines for what it is and has. Both
/// engines are held to it: ours must have nothing else, TorchSharp's must have all of it.
/// </summary>
internal sealed class DialectTable
{
    private readonly Dictionary<string, List<string>> _types = [];
    private readonly Dictionary<string, HashSet<string>> _allowed = [];

    private DialectTable(IEnumerable<string> lines)
    {
        List<string> rows = [];
        foreach (var line in lines.Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            if (line[0] == ' ')
            {
                rows.Add(line.Trim());
            }
            else
            {
                _types.Add(line, rows = []);
            }
        }

        foreach (var (heading, own) in _types)
        {
            _allowed.Add(Name(heading), [.. own.Prepend(heading).SelectMany(Narrower)]);
        }
    }

    /// <summary>The table of the tests.</summary>
    public static DialectTable Load() => new(File.ReadLines(Repository.PathOf("VitLab.Tests", "Dialect", "torchsharp-0.107.0.txt")));

    public static DialectTable Parse(string text) => new(text.Split('\n'));

    /// <summary>What of the dialect TorchSharp spells: every line but our own differences.</summary>
    public IEnumerable<(string Heading, string Row)> TorchSharpRows =>
        from type in _types
        from row in type.Value.Prepend(type.Key)
        where !row.StartsWith('~')
        select (type.Key, row);

    /// <summary>The differences of our engine, with their reasons: "~ struct Scalar # …".</summary>
    public IEnumerable<string> Differences =>
        from type in _types
        from row in type.Value
        where row.StartsWith('~')
        select row;

    /// <summary>Everything about a public type of ours that the table does not allow, a line each.</summary>
    public IEnumerable<string> Strays(Type type)
    {
        var lines = MemberSpelling.Ancestors(type).Concat(MemberSpelling.Members(type).Select(MemberSpelling.Of)).Prepend(MemberSpelling.Heading(type));
        return from line in lines where !Allows(TypeSpelling.Of(type), line) select $"{TypeSpelling.Of(type)}: {line}{Nearest(type, line)}";
    }

    /// <summary>Whether code above Torch/ may name the member.</summary>
    public bool Allows(MemberInfo member) =>
        member is Type type ? Allows(TypeSpelling.Of(type), MemberSpelling.Heading(type))
        : MemberSpelling.IsVisible(member) && Allows(TypeSpelling.Of(member.DeclaringType!), MemberSpelling.Of(member));

    private bool Allows(string type, string line) => _allowed.TryGetValue(type, out var rows) && rows.Contains(line);

    private string Nearest(Type type, string line)
    {
        var member = MemberSpelling.Members(type).FirstOrDefault(member => MemberSpelling.Of(member) == line);
        var rows = _types.Where(entry => Name(entry.Key) == TypeSpelling.Of(type)).SelectMany(entry => entry.Value).Where(row => member is not null && Names(row, member));
        return string.Concat(rows.Select(row => $"\n    TorchSharp: {row}"));
    }

    private static bool Names(string row, MemberInfo member) =>
        row.Contains($" {(member is ConstructorInfo ? "new" : member.Name)}(", StringComparison.Ordinal) || row.EndsWith($" {member.Name}", StringComparison.Ordinal)
        || row.Contains($" {member.Name} {{", StringComparison.Ordinal) || row.Contains($" {member.Name}<", StringComparison.Ordinal);

    // "sealed class torch.Generator" and "enum torch.nn.Reduction : long" name what follows the word.
    private static string Name(string heading) => heading.Split(" : ")[0].Split(["class ", "struct ", "enum ", "interface "], 2, StringSplitOptions.None)[1];

    // Our engine may offer less of a member than TorchSharp has: seal it, drop its setter, make a field read-only.
    private static IEnumerable<string> Narrower(string row)
    {
        if (row.StartsWith('~'))
        {
            return [row.Split('#')[0][1..].Trim()];
        }

        if (row.StartsWith("class ", StringComparison.Ordinal))
        {
            return [row, $"sealed {row}", $"abstract {row}"];
        }

        string[] reads = row.EndsWith("{ get; set; }", StringComparison.Ordinal) ? [row, row.Replace("{ get; set; }", "{ get; }", StringComparison.Ordinal)] : [row];
        string[] calls = row.Contains("virtual ", StringComparison.Ordinal) ? ["virtual ", "abstract ", ""] : [];
        string[] fields = row.StartsWith("static ", StringComparison.Ordinal) && row.IndexOfAny(['(', '{']) < 0 ? [$"static readonly {row["static ".Length..]}"] : [];
        return [.. reads, .. reads.SelectMany(read => calls.Select(call => read.Replace("virtual ", call, StringComparison.Ordinal))), .. fields];
    }
}
