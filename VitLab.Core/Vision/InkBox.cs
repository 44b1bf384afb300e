namespace VitLab.Vision;

/// <summary>A rectangle around ink, in pixels: from Left to Right and from Top to Bottom, the far edges outside.</summary>
public readonly record struct InkBox(float Left, float Top, float Width, float Height)
{
    public float Right => Left + Width;

    public float Bottom => Top + Height;

    public float CenterX => Left + (Width / 2);

    public float CenterY => Top + (Height / 2);

    public float Area => Width * Height;

    /// <summary>Intersection over union with another, 0…1; 0 when both are empty.</summary>
    public float Overlap(InkBox other)
    {
        var (width, height) = (Math.Min(Right, other.Right) - Math.Max(Left, other.Left), Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top));
        var shared = Math.Max(width, 0) * Math.Max(height, 0);
        var union = Area + other.Area - shared;
        return union > 0 ? shared / union : 0;
    }

    /// <summary>True when the two come closer than this in both directions; a negative gap lets them overlap by as much.</summary>
    public bool IsNearer(InkBox other, float gap) =>
        Math.Max(Left, other.Left) - Math.Min(Right, other.Right) < gap && Math.Max(Top, other.Top) - Math.Min(Bottom, other.Bottom) < gap;
}
