namespace VitLab.Training;

/// <summary>
/// Exponential moving average of weights: average ← d · average + (1 - d) · weights, d = min(decay, (1 + step) / (10 + step)), so that the
/// random weights of the start are forgotten at once and a short run is not held back.
/// </summary>
public sealed class WeightAverage(nn.Module average, nn.Module weights, double decay)
{
    private readonly (Parameter Average, Parameter Weight)[] _pairs = [.. average.parameters().Zip(weights.parameters())];

    /// <param name="step">Steps taken, from 1.</param>
    public void Update(long step)
    {
        using var noGrad = torch.no_grad();
        var keep = Math.Min(decay, (1.0 + step) / (10.0 + step));
        foreach (var (average, weight) in _pairs)
        {
            average.mul_(keep).add_(weight, 1 - keep);
        }
    }
}
