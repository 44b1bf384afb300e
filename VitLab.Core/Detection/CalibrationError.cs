namespace VitLab.Detection;

/// <summary>
/// Expected calibration error: answers in ten equal bins by how sure they were; in each bin, how far the mean sureness is from the share that was right, weighed
/// by the bin's answers. Guo et al., https://arxiv.org/abs/1706.04599.
/// </summary>
public static class CalibrationError
{
    private const int Bins = 10;

    /// <returns>0…1; 0 when there are no answers.</returns>
    public static double Of(IReadOnlyCollection<(float Sureness, bool Right)> answers) => answers
        .GroupBy(static answer => Math.Min((int)(answer.Sureness * Bins), Bins - 1))
        .Sum(bin => Math.Abs(bin.Sum(answer => answer.Sureness - (answer.Right ? 1.0 : 0.0)))) / Math.Max(answers.Count, 1);
}
