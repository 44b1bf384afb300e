namespace VitLab.Experiments;

/// <summary>Batches that nobody needs for now, by size, so that batches of several sizes can go round without new ones being made. Threads may share it.</summary>
internal sealed class SpareBatches
{
    private readonly Dictionary<(int Count, long Height, long Width), Stack<HostBatch>> _spare = [];

    /// <summary>Takes a batch back and gives one of the wanted size; null when none is there.</summary>
    public HostBatch? Exchange(HostBatch? returned, int count, InputGeometry picture)
    {
        if (returned?.Count == count && (returned.InputShape[2], returned.InputShape[3]) == (picture.Height, picture.Width))
        {
            return returned;
        }

        lock (_spare)
        {
            if (returned is not null)
            {
                Return(returned);
            }

            return Of(count, picture.Height, picture.Width).TryPop(out var found) ? found : null;
        }
    }

    /// <summary>Takes a batch back.</summary>
    public void Return(HostBatch batch)
    {
        lock (_spare)
        {
            Of(batch.Count, batch.InputShape[2], batch.InputShape[3]).Push(batch);
        }
    }

    private Stack<HostBatch> Of(int count, long height, long width)
    {
        if (!_spare.TryGetValue((count, height, width), out var stack))
        {
            _spare.Add((count, height, width), stack = []);
        }

        return stack;
    }
}
