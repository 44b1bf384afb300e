using System.Text.Json.Serialization;

namespace VitLab.Vision;

/// <summary>
/// Strokes on a canvas of Width × Height units, y downward. A stroke is x0, y0, x1, y1, …; a single point is a dot.
/// One JSON object a line is the drawings format of files, corrections and exports
/// (<c>{"label":7,"width":280,"height":280,"strokes":[[x0,y0,x1,y1,…],…]}</c>; label is a digit, a list of digits, or left out;
/// brush, a diameter in canvas units, may be given).
/// </summary>
[JsonConverter(typeof(DrawingJson))]
public sealed record Drawing(int Width, int Height, IReadOnlyList<IReadOnlyList<float>> Strokes)
{
    /// <summary>The digits drawn, in reading order; null when nobody said.</summary>
    public IReadOnlyList<int>? Label { get; init; }

    /// <summary>Diameter of the brush in canvas units; null is as bold as MNIST's digits.</summary>
    public float? Brush { get; init; }

    public bool IsEmpty => Strokes.Count == 0;
}
