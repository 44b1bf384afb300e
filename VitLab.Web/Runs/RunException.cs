namespace VitLab.Web.Runs;

/// <summary>A request about runs that cannot be met; the message is for people.</summary>
/// <param name="field">Which part of the request: "id", "checkpoint", "command", "from", …</param>
public class RunException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}

/// <summary>No run of that id, or nothing of the kind that is named.</summary>
public sealed class RunNotFoundException(string id, string kind = "run") : RunException("id", $"No {kind} is called '{id}'.");

/// <summary>The run is not in a state in which the command makes sense, or the lab is full.</summary>
public sealed class RunConflictException(string field, string message) : RunException(field, message);
