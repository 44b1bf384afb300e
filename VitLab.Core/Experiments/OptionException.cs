namespace VitLab.Experiments;

/// <summary>An option, experiment or preset that cannot be used: which field, and what would be right.</summary>
public sealed class OptionException : Exception
{
    public OptionException(string field, string message)
        : this([new OptionProblem(field, message)])
    {
    }

    /// <param name="problems">At least one.</param>
    public OptionException(IReadOnlyList<OptionProblem> problems)
        : base(string.Join(" ", problems.Select(problem => $"{problem.Field}: {problem.Message}")))
    {
        Problems = problems;
    }

    /// <summary>Everything that was found wrong, in the order of the form.</summary>
    public IReadOnlyList<OptionProblem> Problems { get; }

    /// <summary>Key of the first field at fault.</summary>
    public string Field => Problems[0].Field;
}

/// <param name="Field">The option's camelCase key.</param>
/// <param name="Message">What is wrong and what would be right, without the field's name.</param>
public sealed record OptionProblem(string Field, string Message);
