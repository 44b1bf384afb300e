using VitLab.Vision;

namespace VitLab.Detection;

/// <summary>
/// Which patches answer for which digit in training: those whose middle is near the middle of its box, at most one digit a patch and at least one
/// patch a digit. Depends on where the digits are, not on the order they come in.
/// </summary>
public static class PatchAssignment
{
    public const int Nobody = -1;

    /// <summary>How near a patch's middle must be in both directions, as a share of its side: more than half, so that a digit in the middle of four patches has all of them.</summary>
    private const float Reach = 0.7f;

    /// <param name="boxes">Of a picture's digits.</param>
    /// <param name="owners">For every patch the index of its digit, or <see cref="Nobody"/>.</param>
    public static void Assign(ReadOnlySpan<InkBox> boxes, PatchGrid grid, Span<int> owners)
    {
        owners.Fill(Nobody);
        Span<bool> served = stackalloc bool[boxes.Length];
        for (var round = 0; round < boxes.Length; round++)
        {
            var (box, patch) = ClosestPair(boxes, served, grid, owners);
            if (patch < 0)
            {
                break;   // more digits about one place than there are patches around it
            }

            (owners[patch], served[box]) = (box, true);
        }

        AssignNeighbours(boxes, grid, owners);
    }

    /// <summary>The digit without a patch and the free patch, at or next to its middle, that are closest to one another.</summary>
    private static (int Box, int Patch) ClosestPair(ReadOnlySpan<InkBox> boxes, ReadOnlySpan<bool> served, PatchGrid grid, ReadOnlySpan<int> owners)
    {
        var (best, bestBox, bestPatch) = (float.PositiveInfinity, -1, -1);
        for (var box = 0; box < boxes.Length; box++)
        {
            if (served[box])
            {
                continue;
            }

            foreach (var patch in Around(boxes[box], grid))
            {
                var distance = grid.Distance(patch, boxes[box]);
                if (owners[patch] == Nobody && (distance < best || (distance == best && Precedes(boxes[box], boxes[bestBox]))))
                {
                    (best, bestBox, bestPatch) = (distance, box, patch);
                }
            }
        }

        return (bestBox, bestPatch);
    }

    private static void AssignNeighbours(ReadOnlySpan<InkBox> boxes, PatchGrid grid, Span<int> owners)
    {
        Span<float> distances = stackalloc float[grid.Count];
        distances.Clear();   // a patch that a digit was given for its own keeps it
        for (var box = 0; box < boxes.Length; box++)
        {
            foreach (var patch in Around(boxes[box], grid))
            {
                var distance = grid.Distance(patch, boxes[box]);
                var isCloser = owners[patch] == Nobody || distance < distances[patch] || (distance == distances[patch] && Precedes(boxes[box], boxes[owners[patch]]));
                if (distance <= Reach * grid.Patch && isCloser)
                {
                    (owners[patch], distances[patch]) = (box, distance);
                }
            }
        }
    }

    private static bool Precedes(InkBox a, InkBox b) => (a.CenterY, a.CenterX, a.Height, a.Width).CompareTo((b.CenterY, b.CenterX, b.Height, b.Width)) < 0;

    /// <summary>The patch that a box's middle is in and its neighbours inside the picture.</summary>
    private static PatchesAround Around(InkBox box, PatchGrid grid) => new(grid, (int)(box.CenterY / grid.Patch), (int)(box.CenterX / grid.Patch));

    private struct PatchesAround(PatchGrid grid, int row, int column)
    {
        private int _next;

        public int Current { get; private set; }

        public readonly PatchesAround GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_next < 9)
            {
                var (y, x) = (row + (_next / 3) - 1, column + (_next % 3) - 1);
                _next++;
                if (y >= 0 && y < grid.Rows && x >= 0 && x < grid.Columns)
                {
                    Current = (y * grid.Columns) + x;
                    return true;
                }
            }

            return false;
        }
    }
}
