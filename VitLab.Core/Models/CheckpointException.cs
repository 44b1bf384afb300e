namespace VitLab.Models;

/// <summary>A checkpoint that cannot be used: which file, and what is wrong with it.</summary>
public sealed class CheckpointException : Exception
{
    public CheckpointException(string file, string problem, Exception? inner = null)
        : base($"{file}: {problem}", inner) => (File, Problem) = (file, problem);

    /// <summary>Path or name of the checkpoint.</summary>
    public string File { get; }

    /// <summary>What is wrong, without the file's name.</summary>
    public string Problem { get; }
}
