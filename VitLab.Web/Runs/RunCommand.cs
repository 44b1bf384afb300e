namespace VitLab.Web.Runs;

/// <summary>What a person can ask of an open run. Lands on a step boundary.</summary>
public abstract record RunCommand;

public sealed record PauseRun : RunCommand;

public sealed record ResumeRun : RunCommand;

/// <param name="Steps">At least 1; the run pauses after them.</param>
public sealed record RunSteps(int Steps) : RunCommand;

public sealed record StopRun : RunCommand;

/// <param name="Rate">Learning rate of the next step; the schedule goes on down from there.</param>
public sealed record SetLearningRate(double Rate) : RunCommand;
