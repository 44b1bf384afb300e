namespace VitLab.Vision;

/// <summary>Makes a picture of any size and kind into one of a given shape: the largest centred part of its proportions, averaged down or enlarged.</summary>
internal static class PictureFit
{
    public static PlanarImage Apply(PlanarImage picture, int channels, int width, int height)
    {
        var source = channels == 1 ? picture.ToGray() : picture.ToColor();
        if ((source.Width, source.Height) == (width, height))
        {
            return source;
        }

        var scale = Math.Max((float)width / source.Width, (float)height / source.Height);
        var (left, top) = ((source.Width - (width / scale)) / 2, (source.Height - (height / scale)) / 2);
        var (pixels, plane) = (new byte[channels * width * height], new float[width * height]);
        for (var channel = 0; channel < channels; channel++)
        {
            AreaResampler.Resample(new GrayImage(source.Width, source.Height, source.Plane(channel).ToArray()), plane, width, height, scale, scale, left, top);
            for (var i = 0; i < plane.Length; i++)
            {
                pixels[(channel * plane.Length) + i] = (byte)MathF.Round(255 * Math.Clamp(plane[i], 0, 1));
            }
        }

        return PlanarImage.Of(channels, width, height, pixels);
    }
}
