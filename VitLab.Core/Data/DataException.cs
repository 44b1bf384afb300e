namespace VitLab.Data;

/// <summary>Data that is missing, damaged or not what it should be. The message says what was expected, what was found and what helps.</summary>
public sealed class DataException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The file or address it is about, when there is one.</summary>
    public string? File { get; init; }
}
