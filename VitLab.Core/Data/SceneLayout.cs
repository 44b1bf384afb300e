using VitLab.Vision;

namespace VitLab.Data;

/// <summary>Finds room for one digit after another, anywhere or beside the one before.</summary>
internal ref struct SceneLayout
{
    private const int Tries = 24;

    /// <summary>Touching digits may share this many pixels along one axis, and this share of the smaller's side.</summary>
    private const float DeepestTouch = 4, TouchShare = 0.15f;

    private readonly SceneVariation _variation;
    private readonly Span<InkBox> _boxes;
    private readonly int _width, _height;
    private readonly float _gap;
    private readonly bool _touching;

    /// <param name="boxes">Room for as many digits as will be placed.</param>
    public SceneLayout(SceneVariation variation, int width, int height, Span<InkBox> boxes, ref SeededRandom random)
    {
        (_variation, _width, _height) = (variation, width, height);
        _boxes = boxes;
        _touching = random.Chance(variation.TouchChance);
        _gap = 1 + random.Below(6);
    }

    public int Count { get; private set; }

    public readonly ReadOnlySpan<InkBox> Boxes => _boxes[..Count];

    /// <summary>Takes room for a digit of this size.</summary>
    /// <returns>Null when there is none.</returns>
    public InkBox? Place(int width, int height, ref SeededRandom random)
    {
        var beside = Count > 0 && random.Chance(_variation.LineChance);
        for (var tries = 0; tries < Tries && width <= _width && height <= _height; tries++)
        {
            var box = beside && tries < Tries / 3
                ? Beside(_boxes[Count - 1], width, height, ref random)
                : new InkBox(random.Below(_width - width + 1), random.Below(_height - height + 1), width, height);
            if (IsFree(box))
            {
                return _boxes[Count++] = box;
            }
        }

        return null;
    }

    private readonly InkBox Beside(InkBox before, int width, int height, ref SeededRandom random)
    {
        var gap = (_touching ? -3 : _gap) + random.Below(6);
        var middle = before.CenterY + random.Around(before.Height * 0.15f);
        return new InkBox(before.Right + gap, MathF.Round(middle - (height / 2f)), width, height);
    }

    private readonly bool IsFree(InkBox box)
    {
        if (box.Left < 0 || box.Top < 0 || box.Right > _width || box.Bottom > _height)
        {
            return false;
        }

        foreach (var other in Boxes)
        {
            if (box.IsNearer(other, _touching ? -Touch(box, other) : _gap))
            {
                return false;
            }
        }

        return true;
    }

    private static float Touch(InkBox a, InkBox b) =>
        Math.Min(DeepestTouch, TouchShare * Math.Min(Math.Min(a.Width, a.Height), Math.Min(b.Width, b.Height)));
}
