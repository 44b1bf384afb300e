namespace VitLab.Training;

/// <summary>Steps that were taken and not told yet. Their losses and norms stay on the device until they are read back, all in one copy.</summary>
internal sealed class UntoldSteps : IDisposable
{
    private readonly List<(long Step, float Rate)> _steps = [];
    private readonly List<Tensor> _numbers = [];

    public int Count => _steps.Count;

    /// <param name="loss">One number; kept beyond the caller's dispose scope, as is <paramref name="norm"/>.</param>
    public void Add(long step, float rate, Tensor loss, Tensor norm)
    {
        _numbers.Add(loss.DetachFromDisposeScope());
        _numbers.Add(norm.DetachFromDisposeScope());
        _steps.Add((step, rate));
    }

    /// <summary>What the steps came to, in order; waits for the device.</summary>
    public IReadOnlyList<StepNumbers> ReadBack()
    {
        if (_steps.Count == 0)
        {
            return [];
        }

        using var scope = torch.NewDisposeScope();
        var numbers = torch.stack(_numbers).cpu().data<float>().ToArray();      // loss, norm, loss, norm, …
        StepNumbers[] read = [.. _steps.Select((taken, i) => new StepNumbers(taken.Step, taken.Rate, numbers[2 * i], numbers[(2 * i) + 1]))];
        Dispose();
        return read;
    }

    public void Dispose()
    {
        foreach (var number in _numbers)
        {
            number.Dispose();
        }

        _numbers.Clear();
        _steps.Clear();
    }
}

/// <param name="Norm">Of the whole gradient, before clipping.</param>
internal readonly record struct StepNumbers(long Step, float Rate, float Loss, float Norm);
