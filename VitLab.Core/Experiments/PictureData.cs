using VitLab.Data;

namespace VitLab.Experiments;

/// <summary>What a classifier has to know of a dataset of pictures before it has seen it.</summary>
/// <param name="Classes">By label.</param>
/// <param name="Mean">Of the training pixels in 0…1, channel by channel.</param>
/// <param name="Deviation">Their standard deviation.</param>
internal sealed record PictureData(ImageShape Shape, IReadOnlyList<string> Classes, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    // Mean and deviation of the genuine 50,000 training pictures; those of any subset, recompressed or not, are within 0.002 of them.
    private static readonly PictureData s_cifar = new(
        new ImageShape(3, 32, 32),
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        [0.4914f, 0.4822f, 0.4465f],
        [0.2470f, 0.2435f, 0.2616f]);

    // Of the 60,000 training pictures. Names as in the dataset's description.
    private static readonly PictureData s_fashion = new(
        new ImageShape(1, 28, 28),
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        [0.2860f],
        [0.3530f]);

    /// <param name="source">As <see cref="DataCatalog"/> names it.</param>
    public static PictureData Of(string source) => source switch
    {
        "cifar-10" => s_cifar,
        "fashion-mnist" => s_fashion,
        _ => throw new OptionException("data", $"expected cifar-10 or fashion-mnist, got \"{source}\"."),
    };

    /// <summary>Pixels in 0…1, (C, H, W), shifted and scaled channel by channel to mean 0 and deviation 1 over the training split.</summary>
    public void Normalize(Span<float> pixels)
    {
        var plane = Shape.Height * Shape.Width;
        for (var i = 0; i < pixels.Length; i++)
        {
            var channel = i / plane;
            pixels[i] = (pixels[i] - Mean[channel]) / Deviation[channel];
        }
    }
}
