namespace VitLab.Kernels.Reference;

/// <summary>Double-precision twin of <see cref="Conv2dKernel"/>.</summary>
public static class Conv2dReference
{
    private delegate void Tap(int image, int weight, int output);

    /// <summary>As <see cref="Conv2dKernel.Forward"/>.</summary>
    public static void Forward(double[] x, double[] w, double[] b, double[] y, Conv2dShape shape)
    {
        var area = shape.OutHeight * shape.OutWidth;
        for (var i = 0; i < y.Length; i++) y[i] = b.Length == 0 ? 0 : b[i / area % shape.OutChannels];
        ForEachTap(shape, (image, weight, output) => y[output] += x[image] * w[weight]);
    }

    /// <summary>As <see cref="Conv2dKernel.Backward"/>, always adding.</summary>
    public static void Backward(double[] x, double[] w, double[] dy, double[] dx, double[] dw, double[] db, Conv2dShape shape)
    {
        ForEachTap(shape, (image, weight, output) =>
        {
            dx[image] += dy[output] * w[weight];
            dw[weight] += dy[output] * x[image];
        });
        var area = shape.OutHeight * shape.OutWidth;
        for (var i = 0; i < dy.Length; i++) db[i / area % shape.OutChannels] += dy[i];
    }

    private static void ForEachTap(Conv2dShape s, Tap tap)
    {
        int perGroup = s.Channels / s.Groups, outPerGroup = s.OutChannels / s.Groups;
        for (var b = 0; b < s.Batch; b++)
            for (var o = 0; o < s.OutChannels; o++)
                for (var i = 0; i < s.OutHeight; i++)
                    for (var j = 0; j < s.OutWidth; j++)
                        for (var c = 0; c < perGroup; c++)
                            for (var u = 0; u < s.KernelHeight; u++)
                                for (var v = 0; v < s.KernelWidth; v++)
                                {
                                    var row = i * s.StrideHeight + u * s.DilationHeight - s.PaddingHeight;
                                    var column = j * s.StrideWidth + v * s.DilationWidth - s.PaddingWidth;
                                    if ((uint)row >= (uint)s.Height || (uint)column >= (uint)s.Width) continue;
                                    var channel = o / outPerGroup * perGroup + c;
                                    tap(((b * s.Channels + channel) * s.Height + row) * s.Width + column,
                                        ((o * perGroup + c) * s.KernelHeight + u) * s.KernelWidth + v,
                                        ((b * s.OutChannels + o) * s.OutHeight + i) * s.OutWidth + j);
                                }
    }
}
