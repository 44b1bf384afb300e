using VitLab.Vision;

namespace VitLab.Data;

/// <summary>
/// Composes strips of 1 to 10 digits from a set of source digits: one in each cell of 28 × 28 pixels from the left, the rest empty. With an anchor,
/// a cell before them holds another digit: in half of the strips another picture of one of the sequence's digits, in the others of a digit that the
/// sequence lacks. The anchor's own picture never stands in the sequence. Plain strips, for evaluation, depend on their index alone; training
/// strips are drawn by a seed. Allocates nothing and keeps no state, so threads may share one.
/// </summary>
public sealed class SequenceComposer
{
    /// <summary>Digits of the longest sequence; lengths are drawn uniformly.</summary>
    public const int MostDigits = 10;

    /// <summary>Label and source index of a cell without a digit.</summary>
    public const int Empty = GridComposer.Empty;

    private const int Digits = 10;

    /// <summary>Of plain strips; results are comparable only while it stays.</summary>
    private const ulong PlainSeed = 280;

    private const ulong SourceStream = 100, DigitStream = 200;

    private readonly Augmenter _augmenter;

    /// <param name="isAnchored">A cell for the anchor comes first.</param>
    /// <param name="augmentation">Of training strips' digits; none leaves them plain.</param>
    public SequenceComposer(bool isAnchored, AugmentationOptions? augmentation = null)
    {
        IsAnchored = isAnchored;
        _augmenter = new Augmenter(augmentation ?? AugmentationOptions.None, CellPicture.Side, CellPicture.Side);
    }

    public bool IsAnchored { get; }

    /// <summary>Of a strip, the anchor's among them.</summary>
    public int Cells => First + MostDigits;

    /// <summary>In pixels.</summary>
    public int Width => Cells * CellPicture.Side;

    /// <inheritdoc cref="Width"/>
    public static int Height => CellPicture.Side;

    /// <summary>Cell that the sequence starts in.</summary>
    private int First => IsAnchored ? 1 : 0;

    /// <summary>A training strip, augmented.</summary>
    /// <param name="seed">Mixed from the run's seed, epoch and index.</param>
    /// <param name="pixels">Height × Width, row by row, in 0…1.</param>
    /// <param name="labels">One per cell; <see cref="Empty"/> where there is no digit.</param>
    /// <exception cref="ArgumentException">When the set holds no 28 × 28 images of one channel, or not the digits that an anchor needs, or a span has another size.</exception>
    public void Compose(ImageSet images, ulong seed, Span<float> pixels, Span<int> labels) => Compose(images, seed, _augmenter, pixels, labels);

    /// <summary>Evaluation strip <paramref name="index"/> of a set, which has as many as images: unvaried digits.</summary>
    /// <inheritdoc cref="Compose(ImageSet, ulong, Span{float}, Span{int})"/>
    public void ComposePlain(ImageSet images, int index, Span<float> pixels, Span<int> labels) => Compose(images, PlainSeedOf(images, index), augmenter: null, pixels, labels);

    /// <summary>As <see cref="ComposePlain"/>, to look at.</summary>
    public (GrayImage Picture, int[] Labels) PlainPicture(ImageSet images, int index)
    {
        var (pixels, labels, picture) = (new float[Width * Height], new int[Cells], new GrayImage(Width, Height));
        ComposePlain(images, index, pixels, labels);
        InkLayer.ToBytes(pixels, picture.Pixels);
        return (picture, labels);
    }

    /// <summary>Which images make the training strip of this seed, cell by cell; <see cref="Empty"/> where there is none.</summary>
    /// <inheritdoc cref="Compose(ImageSet, ulong, Span{float}, Span{int})"/>
    public void Sources(ImageSet images, ulong seed, Span<int> sources)
    {
        CheckLength(sources.Length, Cells, nameof(sources));
        var random = new SeededRandom(SeededRandom.Mix(seed, SourceStream));
        var sequence = sources.Slice(First, 1 + random.Below(MostDigits));
        sources[(First + sequence.Length)..].Fill(Empty);
        if (IsAnchored)
        {
            sources[0] = random.Below(images.Count);
            DrawAround(images, sources[0], sequence, isPresent: random.Chance(0.5f), ref random);
        }
        else
        {
            foreach (ref var source in sequence)
            {
                source = random.Below(images.Count);
            }
        }
    }

    /// <summary>Which images make evaluation strip <paramref name="index"/>, cell by cell.</summary>
    /// <inheritdoc cref="Sources"/>
    public void PlainSources(ImageSet images, int index, Span<int> sources) => Sources(images, PlainSeedOf(images, index), sources);

    private void Compose(ImageSet images, ulong seed, Augmenter? augmenter, Span<float> pixels, Span<int> labels)
    {
        CellPicture.CheckImages(images);
        CheckLength(pixels.Length, Width * Height, nameof(pixels));
        CheckLength(labels.Length, Cells, nameof(labels));
        Sources(images, seed, labels);
        pixels.Clear();
        Span<float> digit = stackalloc float[CellPicture.Side * CellPicture.Side];
        for (var cell = 0; cell < Cells; cell++)
        {
            if (labels[cell] == Empty)
            {
                continue;
            }

            var image = images.Image(labels[cell]);
            if (augmenter is null)
            {
                Augmenter.Plain(image, digit);
            }
            else
            {
                augmenter.Apply(image, digit, SeededRandom.Mix(seed, DigitStream + (ulong)cell));
            }

            CellPicture.Paste(digit, cell, Cells, pixels);
            labels[cell] = images.Label(labels[cell]);
        }
    }

    /// <summary>A sequence with or without the anchor's digit, and always without its picture.</summary>
    private static void DrawAround(ImageSet images, int anchor, Span<int> sequence, bool isPresent, ref SeededRandom random)
    {
        var place = isPresent ? random.Below(sequence.Length) : -1;
        for (var i = 0; i < sequence.Length; i++)
        {
            sequence[i] = Draw(images, anchor, isSameDigit: i == place || (isPresent && random.Below(Digits) == 0), ref random);
        }
    }

    /// <summary>An image of the anchor's digit or of another one, never the anchor itself: the first there is from a random place on.</summary>
    private static int Draw(ImageSet images, int anchor, bool isSameDigit, ref SeededRandom random)
    {
        var start = random.Below(images.Count);
        for (var step = 0; step < images.Count; step++)
        {
            var image = (start + step) % images.Count;
            if (image != anchor && (images.Label(image) == images.Label(anchor)) == isSameDigit)
            {
                return image;
            }
        }

        throw new ArgumentException($"images: an anchor of digit {images.Label(anchor)} needs {(isSameDigit ? "another picture of the same digit" : "pictures of other digits")}, and there are none.", nameof(images));
    }

    private static ulong PlainSeedOf(ImageSet images, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, images.Count);
        return SeededRandom.Mix(PlainSeed, (ulong)index);
    }

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{name}: expected {expected}, got {length}.", name);
        }
    }
}
