namespace VitLab.Data;

/// <summary>Points of the pen on paper, stroke after stroke, with the pen's pressure. Reused from digit to digit.</summary>
internal sealed class PenTrace
{
    private readonly List<(float X, float Y, float Pressure, bool Starts)> _points = new(256);

    public int Count => _points.Count;

    public (float X, float Y, float Pressure, bool Starts) this[int index]
    {
        get => _points[index];
        set => _points[index] = value;
    }

    public void Clear() => _points.Clear();

    /// <param name="starts">First point of a stroke.</param>
    public void Add(float x, float y, bool starts) => _points.Add((x, y, 1, starts));

    public (float Left, float Top, float Right, float Bottom) Bounds()
    {
        var (left, top, right, bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        foreach (var (x, y, _, _) in _points)
        {
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }

        return (left, top, right, bottom);
    }
}
