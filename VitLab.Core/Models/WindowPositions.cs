namespace VitLab.Models;

/// <summary>
/// Positions of Vision Transformers whose blocks look within windows, in terms of those that know no windows, and the other way round. The former
/// learn two: where a patch lies in its window, and where in the picture. Bolya et al., Window Attention is Bugged,
/// https://arxiv.org/abs/2311.05613, section 3.
/// </summary>
internal static class WindowPositions
{
    public const string Name = "pos_embed_window";

    /// <summary>The entries of a state dict as a model with or without windows would have learned them; as they are where there is no sound way.</summary>
    /// <param name="prefix">Tokens before the patches.</param>
    public static IReadOnlyDictionary<string, HostTensor> Of(IReadOnlyDictionary<string, HostTensor> tensors, long prefix, bool windows)
    {
        var (picture, window) = (KeyOf(Adaptation.PositionsName, tensors), KeyOf(Name, tensors));
        return picture is null || window is not null == windows ? tensors
            : windows ? InOneWindow(tensors, picture)
            : Sum(tensors[picture], tensors[window!], prefix) is { } sum ? new Dictionary<string, HostTensor>(tensors) { [picture] = sum }
            : tensors;
    }

    // A picture without windows is one window: its positions say nothing of where windows lie.
    private static Dictionary<string, HostTensor> InOneWindow(IReadOnlyDictionary<string, HostTensor> tensors, string picture) =>
        tensors.ToDictionary(entry => entry.Key == picture ? picture.Replace(Adaptation.PositionsName, Name, StringComparison.Ordinal) : entry.Key, entry => entry.Value);

    /// <summary>Where a patch lies in the picture and in its window, as one position; null for shapes that are no square grid of square windows.</summary>
    private static HostTensor? Sum(HostTensor picture, HostTensor window, long prefix)
    {
        if (picture is not { Floats: { } positions, Shape: [1, var tokens, var D] } || window is not { Floats: { } within, Shape: [1, var patches, var width] })
        {
            return null;
        }

        var (side, windowSide) = (Math.Sqrt(tokens - prefix), Math.Sqrt(patches));
        if (width != D || !double.IsInteger(windowSide) || !double.IsInteger(side / windowSide) || side < windowSide)
        {
            return null;
        }

        var (n, w) = ((long)side, (long)windowSide);
        float[] sum = [.. positions];
        for (var i = prefix * D; i < sum.Length; i++)
        {
            var (patch, d) = ((i / D) - prefix, i % D);
            var inWindow = (patch / n % w * w) + (patch % n % w);
            sum[i] += within[(inWindow * D) + d];
        }

        return HostTensor.Of(sum, 1, tokens, D);
    }

    private static string? KeyOf(string name, IReadOnlyDictionary<string, HostTensor> tensors) =>
        tensors.Keys.FirstOrDefault(key => key == name || key == StateDict.Backbone + name);
}
