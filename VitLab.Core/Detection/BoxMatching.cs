using VitLab.Vision;

namespace VitLab.Detection;

/// <summary>Which of the true boxes each found one stands for.</summary>
public static class BoxMatching
{
    public const int Nothing = -1;

    /// <summary>Overlap from which a box counts as found.</summary>
    public const float LeastOverlap = 0.5f;

    /// <summary>
    /// For each found box in turn the index of the free true box that it overlaps most, at least by <see cref="LeastOverlap"/>, or
    /// <see cref="Nothing"/>. The surest should come first, since each true box is given away once.
    /// </summary>
    public static int[] Match(IReadOnlyList<InkBox> found, IReadOnlyList<InkBox> truth)
    {
        var (matches, taken) = (new int[found.Count], new bool[truth.Count]);
        for (var i = 0; i < found.Count; i++)
        {
            var (best, bestOverlap) = (Nothing, LeastOverlap);
            for (var j = 0; j < truth.Count; j++)
            {
                var overlap = found[i].Overlap(truth[j]);
                if (!taken[j] && overlap >= bestOverlap && (best == Nothing || overlap > bestOverlap))
                {
                    (best, bestOverlap) = (j, overlap);
                }
            }

            matches[i] = best;
            if (best != Nothing)
            {
                taken[best] = true;
            }
        }

        return matches;
    }
}
