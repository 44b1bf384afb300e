using VitLab.Vision;

namespace VitLab.Data;

/// <summary>
/// Composes pictures of rows × columns digits, one in each cell of 28 × 28 pixels, from a set of source digits. Plain grids are for evaluation:
/// grid i of a set holds digit i in its first cell and shuffled ones in the others, so that each digit stands exactly once in each cell.
/// Training grids are drawn by a seed. Allocates nothing and keeps no state, so threads may share one.
/// </summary>
public sealed class GridComposer
{
    /// <summary>Side of a cell in pixels: a digit of MNIST with its margin.</summary>
    public const int CellSide = CellPicture.Side;

    /// <summary>Label and source index of a cell without a digit.</summary>
    public const int Empty = -1;

    /// <summary>Of the shuffles of plain grids, one per cell; results are comparable only while it stays.</summary>
    private const ulong PlainSeed = 56;

    private const ulong SourceStream = 100, JitterStream = 101, DigitStream = 200;

    private const int CellPixels = CellSide * CellSide;

    private readonly GridVariation _variation;
    private readonly Augmenter _augmenter;

    /// <param name="variation">Of training grids; none makes them plain digits drawn at random.</param>
    /// <exception cref="ArgumentOutOfRangeException">When a side or a part of the variation is out of its range.</exception>
    public GridComposer(int rows, int columns, GridVariation? variation = null)
    {
        GridDrawing.CheckSides(rows, columns);
        (Rows, Columns, _variation) = (rows, columns, variation ?? GridVariation.None);
        ArgumentOutOfRangeException.ThrowIfLessThan(_variation.JitterPixels, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_variation.JitterPixels, CellSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(_variation.EmptyChance, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_variation.EmptyChance, 1);
        _augmenter = new Augmenter(_variation.Augmentation, CellSide, CellSide);
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Cells => Rows * Columns;

    /// <summary>In pixels.</summary>
    public int Width => Columns * CellSide;

    /// <inheritdoc cref="Width"/>
    public int Height => Rows * CellSide;

    /// <summary>A training grid: digits drawn uniformly from the set, some cells empty, digits moved and augmented, all by the seed.</summary>
    /// <param name="seed">Mixed from the run's seed, epoch and index.</param>
    /// <param name="pixels">Height × Width, row by row, in 0…1.</param>
    /// <param name="labels">One per cell in reading order; <see cref="Empty"/> where there is none.</param>
    /// <exception cref="ArgumentException">When the set holds no 28 × 28 images of one channel, or a span has another size.</exception>
    public void Compose(ImageSet images, ulong seed, Span<float> pixels, Span<int> labels)
    {
        Check(images, pixels, labels);
        Sources(images.Count, seed, labels);
        pixels.Clear();
        var jitter = new SeededRandom(SeededRandom.Mix(seed, JitterStream));
        Span<float> digit = stackalloc float[CellPixels];
        for (var cell = 0; cell < Cells; cell++)
        {
            if (labels[cell] == Empty)
            {
                continue;
            }

            _augmenter.Apply(images.Image(labels[cell]), digit, SeededRandom.Mix(seed, DigitStream + (ulong)cell));
            if (_variation.JitterPixels > 0)
            {
                PasteMoved(digit, cell, pixels, ref jitter);
            }
            else
            {
                CellPicture.Paste(digit, cell, Columns, pixels);
            }

            labels[cell] = images.Label(labels[cell]);
        }
    }

    /// <summary>Which images of a set of <paramref name="count"/> make the training grid of this seed, cell by cell; <see cref="Empty"/> where there is none.</summary>
    public void Sources(int count, ulong seed, Span<int> sources)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        CheckLength(sources.Length, nameof(sources));
        var random = new SeededRandom(SeededRandom.Mix(seed, SourceStream));
        for (var cell = 0; cell < Cells; cell++)
        {
            var source = random.Below(count);
            sources[cell] = random.Chance(_variation.EmptyChance) ? Empty : source;
        }

        if (!sources.ContainsAnyExcept(Empty))
        {
            sources[random.Below(Cells)] = random.Below(count);
        }
    }

    /// <summary>Evaluation grid <paramref name="index"/> of a set, which has as many as images: unvaried digits, every cell filled.</summary>
    /// <inheritdoc cref="Compose"/>
    public void ComposePlain(ImageSet images, int index, Span<float> pixels, Span<int> labels)
    {
        Check(images, pixels, labels);
        PlainSources(images.Count, index, labels);
        Span<float> digit = stackalloc float[CellPixels];
        for (var cell = 0; cell < Cells; cell++)
        {
            Augmenter.Plain(images.Image(labels[cell]), digit);
            CellPicture.Paste(digit, cell, Columns, pixels);
            labels[cell] = images.Label(labels[cell]);
        }
    }

    /// <summary>As <see cref="ComposePlain"/>, to look at.</summary>
    public (GrayImage Picture, int[] Labels) PlainPicture(ImageSet images, int index)
    {
        var (pixels, labels, picture) = (new float[Width * Height], new int[Cells], new GrayImage(Width, Height));
        ComposePlain(images, index, pixels, labels);
        InkLayer.ToBytes(pixels, picture.Pixels);
        return (picture, labels);
    }

    /// <summary>Which images of a set of <paramref name="count"/> make evaluation grid <paramref name="index"/>, cell by cell.</summary>
    public void PlainSources(int count, int index, Span<int> sources)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        CheckLength(sources.Length, nameof(sources));
        sources[0] = index;
        for (var cell = 1; cell < Cells; cell++)
        {
            sources[cell] = Permutation.Of(index, count, SeededRandom.Mix(PlainSeed, (ulong)cell));
        }
    }

    private void PasteMoved(ReadOnlySpan<float> digit, int cell, Span<float> pixels, ref SeededRandom random)
    {
        var ink = InkBounds.Of(digit, CellSide, CellSide);
        if (ink.Width == 0)
        {
            return;
        }

        var (inkLeft, inkTop, inkRight, inkBottom) = ((int)ink.Left, (int)ink.Top, (int)ink.Right, (int)ink.Bottom);
        var (left, top) = CellPicture.Corner(cell, Columns);
        left += Move(inkLeft, CellSide - inkRight, ref random);
        top += Move(inkTop, CellSide - inkBottom, ref random);
        for (var y = inkTop; y < inkBottom; y++)
        {
            digit[((y * CellSide) + inkLeft)..((y * CellSide) + inkRight)].CopyTo(pixels[(((top + y) * Width) + left + inkLeft)..]);
        }
    }

    /// <summary>Uniform among the moves that keep the ink in its cell, so that no digit piles up at a border.</summary>
    private int Move(int before, int after, ref SeededRandom random)
    {
        var (back, forth) = (Math.Min(_variation.JitterPixels, before), Math.Min(_variation.JitterPixels, after));
        return random.Below(back + forth + 1) - back;
    }

    private void Check(ImageSet images, Span<float> pixels, Span<int> labels)
    {
        CellPicture.CheckImages(images);
        if (pixels.Length != Width * Height)
        {
            throw new ArgumentException($"pixels: expected {Width} × {Height} = {Width * Height}, got {pixels.Length}.", nameof(pixels));
        }

        CheckLength(labels.Length, nameof(labels));
    }

    private void CheckLength(int length, string name)
    {
        if (length != Cells)
        {
            throw new ArgumentException($"{name}: expected one for each of {Rows} × {Columns} cells, got {length}.", name);
        }
    }
}
