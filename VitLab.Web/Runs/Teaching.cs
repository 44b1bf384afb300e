using System.Text.Json.Serialization;

namespace VitLab.Web.Runs;

/// <summary>
/// What is known of a run that teaches corrections to existing weights. Its own (last) weights answer nobody until a person has compared
/// both measurements and accepted them.
/// </summary>
/// <param name="Base">Id of the weights that are taught: a run's, or a shipped checkpoint's name.</param>
/// <param name="Corrections">How many drawings it was given.</param>
public sealed record Teaching(string Base, int Corrections)
{
    /// <summary>How well the base weights read; null until that has been measured.</summary>
    public TeachingScores? Before { get; init; }

    /// <summary>How well the taught weights read; null until they are done and measured.</summary>
    public TeachingScores? After { get; init; }

    public TeachingVerdict Verdict { get; init; }

    /// <summary>When the verdict was given; null while it is pending.</summary>
    public DateTimeOffset? Decided { get; init; }
}

/// <summary>The experiment's metrics by key, each in 0…1.</summary>
/// <param name="Corrections">On samples composed of the corrections alone: what was to be learned.</param>
/// <param name="Test">On the test split of the run's data, which no training touches: what may have been forgotten.</param>
public sealed record TeachingScores(IReadOnlyDictionary<string, double> Corrections, IReadOnlyDictionary<string, double> Test);

[JsonConverter(typeof(JsonStringEnumConverter<TeachingVerdict>))]
public enum TeachingVerdict
{
    Pending,
    Accepted,
    Rejected,
}
