using VitLab.Vision;

namespace VitLab.Training;

/// <summary>Which images a step sees, from seed and epoch alone, so that a resumed run needs no random state to go on as before.</summary>
public sealed class DataOrder
{
    private readonly int[] _order;
    private readonly ulong _seed;
    private int _epoch;

    /// <param name="images">Images in the training split.</param>
    /// <param name="samplesPerEpoch">Fewer than there are images: another share of them each epoch. More: indices go on beyond the images, for samples composed of several.</param>
    public DataOrder(int images, int samplesPerEpoch, int batchSize, int seed)
    {
        _order = new int[Math.Max(images, samplesPerEpoch)];
        _seed = (ulong)seed;
        BatchSize = Math.Min(batchSize, samplesPerEpoch);
        StepsPerEpoch = samplesPerEpoch / BatchSize;
    }

    /// <summary>The batch size, or the number of images when there are fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Whole batches only: the remainder of a shuffled epoch is left out, so that every step weighs the same.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Indices of the images of a step. Valid until the next call.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="position">Step within the epoch, from 0.</param>
    public ReadOnlySpan<int> Indices(int epoch, int position)
    {
        if (_epoch != epoch)
        {
            Shuffle(epoch);
        }

        return _order.AsSpan(position * BatchSize, BatchSize);
    }

    private void Shuffle(int epoch)
    {
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        var random = new SeededRandom(SeededRandom.Mix(_seed, (ulong)epoch));
        for (var i = _order.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }

        _epoch = epoch;
    }
}
