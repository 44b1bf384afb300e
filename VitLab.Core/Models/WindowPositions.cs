namespace VitLab.Models;

/// <summary>
/// Positions of Vision Transformers whose blocks look within windows, in terms of those that know no windows, and the other way round. The former
/// learn two: where a patch lies in its window, and where in the picture. Bolya et al., Window Attention is Bugged,
/// https://arxiv.org/abs/2311.05613, section 3.
/// </summary>
internal static class WindowPositions
{
    public const string Name = "pos_embed_window";

    /// <summary>The entries of a state dict as a model with or without windows would have learned them.</summary>
    public static IReadOnlyDictionary<string, HostTensor> Of(IReadOnlyDictionary<string, HostTensor> tensors, bool windows)
    {
        var (picture, window) = (KeyOf(Adaptation.PositionsName, tensors), KeyOf(Name, tensors));
        return picture is null || window is not null == windows ? tensors
            : windows ? InOneWindow(tensors, picture)
            : Together(tensors, picture, window!);
    }

    // A picture without windows is one window: its positions say nothing of where windows lie.
    private static Dictionary<string, HostTensor> InOneWindow(IReadOnlyDictionary<string, HostTensor> tensors, string picture) =>
        tensors.ToDictionary(entry => entry.Key == picture ? picture.Replace(Adaptation.PositionsName, Name, StringComparison.Ordinal) : entry.Key, entry => entry.Value);

    // Patch grid and windows are taken to be square.
    private static Dictionary<string, HostTensor> Together(IReadOnlyDictionary<string, HostTensor> tensors, string picture, string window)
    {
        var (within, D) = (tensors[window], tensors[window].Shape[2]);
        var side = (long)Math.Sqrt(within.Shape[1]);
        var patches = tensors[picture].Shape[1] - Prefix(tensors);
        var gridSide = (long)Math.Sqrt(patches);
        float[] sum = [.. tensors[picture].Floats!];
        for (var patch = 0L; patch < patches; patch++)
        {
            var inWindow = (patch / gridSide % side * side) + (patch % gridSide % side);
            for (var d = 0L; d < D; d++)
            {
                sum[((Prefix(tensors) + patch) * D) + d] += within.Floats![(inWindow * D) + d];
            }
        }

        return new(tensors.Where(entry => entry.Key != window)) { [picture] = HostTensor.Of(sum, [.. tensors[picture].Shape]) };
    }

    private static long Prefix(IReadOnlyDictionary<string, HostTensor> tensors) => KeyOf(Adaptation.PrefixName, tensors) is { } name ? tensors[name].Shape[1] : 0;

    private static string? KeyOf(string name, IReadOnlyDictionary<string, HostTensor> tensors) =>
        tensors.Keys.FirstOrDefault(key => key == name || key == StateDict.Backbone + name);
}
