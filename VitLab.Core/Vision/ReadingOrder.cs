namespace VitLab.Vision;

/// <summary>
/// The order in which people read boxes: rows from top to bottom, each from left to right. Boxes are of one row when they share at least half
/// of the lower one's height with the row's first box, the one whose middle is highest.
/// </summary>
public static class ReadingOrder
{
    /// <summary>Writes into <paramref name="order"/> the indices of the boxes in reading order.</summary>
    /// <exception cref="ArgumentException">When the spans differ in length.</exception>
    public static void Of(ReadOnlySpan<InkBox> boxes, Span<int> order)
    {
        if (boxes.Length != order.Length)
        {
            throw new ArgumentException($"order: expected {boxes.Length} places, one for each box, got {order.Length}.", nameof(order));
        }

        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (var rest = order; rest.Length > 0;)
        {
            rest = rest[TakeRow(boxes, rest)..];
        }
    }

    /// <summary>Brings the next row to the front of what is left, sorted.</summary>
    /// <returns>Its length.</returns>
    private static int TakeRow(ReadOnlySpan<InkBox> boxes, Span<int> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (IsHigher(boxes[rest[i]], boxes[rest[0]]))
            {
                (rest[0], rest[i]) = (rest[i], rest[0]);
            }
        }

        var (first, length) = (boxes[rest[0]], 1);
        for (var i = 1; i < rest.Length; i++)
        {
            if (IsSameRow(first, boxes[rest[i]]))
            {
                (rest[length], rest[i]) = (rest[i], rest[length]);
                length++;
            }
        }

        SortAcross(boxes, rest[..length]);
        return length;
    }

    private static bool IsHigher(InkBox a, InkBox b) => (a.CenterY, a.CenterX).CompareTo((b.CenterY, b.CenterX)) < 0;

    private static bool IsSameRow(InkBox a, InkBox b) => Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) >= Math.Min(a.Height, b.Height) / 2;

    /// <summary>By insertion: a row is short.</summary>
    private static void SortAcross(ReadOnlySpan<InkBox> boxes, Span<int> row)
    {
        for (var i = 1; i < row.Length; i++)
        {
            for (var j = i; j > 0 && boxes[row[j]].CenterX < boxes[row[j - 1]].CenterX; j--)
            {
                (row[j], row[j - 1]) = (row[j - 1], row[j]);
            }
        }
    }
}
