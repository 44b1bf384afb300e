namespace VitLab.Web.Cli;

/// <summary>Where the command line writes: results to <paramref name="Out"/>, progress and complaints to <paramref name="Error"/>.</summary>
/// <param name="IsTerminal">A person watches <paramref name="Error"/>: progress may rewrite its line.</param>
/// <param name="Arguments">The command as typed, kept in what it makes.</param>
public sealed record CliConsole(TextWriter Out, TextWriter Error, bool IsTerminal, IReadOnlyList<string> Arguments)
{
    public static CliConsole OfProcess(string[] arguments) => new(Console.Out, Console.Error, !Console.IsErrorRedirected, arguments);

    public string CommandLine => "VitLab.Web " + string.Join(' ', Arguments.Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
}
