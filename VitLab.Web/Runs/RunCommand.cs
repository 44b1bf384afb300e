namespace VitLab.Web.Runs;

/// <summary>What a person can ask of an open run. Lands on a step boundary.</summary>
public abstract record RunCommand;

public sealed record PauseRun : RunCommand;

public sealed record ResumeRun : RunCommand;

/// <param name="Steps">At least 1; the run pauses after them.</param>
public sealed record RunSteps(int Steps) : RunCommand;

public sealed record StopRun : RunCommand;

/// <param name="Rate">Peak learning rate from the next step on; the schedule keeps its shape.</param>
public sealed record SetLearningRate(double Rate) : RunCommand;
