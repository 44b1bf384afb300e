using VitLab.Data;
using VitLab.Experiments;

namespace VitLab.Training;

/// <summary>Random pixels and labels in the shape of an experiment's source images: speed is measured on them.</summary>
public static class NoiseData
{
    private const int Digits = 10;

    /// <param name="images">In the training split; the other splits are empty.</param>
    public static ImageSplits For(Experiment experiment, TrainingOptions options, int images)
    {
        var source = experiment.SourceImages(options);
        var none = new ImageSet(source.Channels, source.Height, source.Width, [], []);
        return new ImageSplits("noise", "Random pixels for timing.", "", Random(source, images), none, none);
    }

    private static ImageSet Random(ImageShape shape, int images)
    {
        var random = new Random(1);
        var (pixels, labels) = (new byte[images * shape.Channels * shape.Height * shape.Width], new byte[images]);
        random.NextBytes(pixels);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)random.Next(Digits);
        }

        return new ImageSet(shape.Channels, shape.Height, shape.Width, pixels, labels);
    }
}
