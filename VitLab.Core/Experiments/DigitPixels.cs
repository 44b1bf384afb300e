namespace VitLab.Experiments;

/// <summary>How pictures of digits become inputs: pixels in 0…1, shifted and scaled by MNIST's mean and standard deviation.</summary>
internal static class DigitPixels
{
    /// <summary>Mean and standard deviation of MNIST's training pixels in 0…1.</summary>
    public const float Mean = 0.1307f, Deviation = 0.3081f;

    /// <param name="pixels">In 0…1; overwritten.</param>
    public static void Normalize(Span<float> pixels)
    {
        foreach (ref var pixel in pixels)
        {
            pixel = (pixel - Mean) * (1 / Deviation);
        }
    }
}
