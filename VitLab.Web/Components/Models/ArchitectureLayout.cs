using VitLab.Insight;

namespace VitLab.Web.Components.Models;

/// <summary>
/// Where the parts of a model stand in its diagram, in units of it: from top to bottom as they are computed, an open part as a frame around its own parts, what
/// stands side by side in a row. Bars of what a part costs stand right of all.
/// </summary>
public sealed class ArchitectureLayout
{
    public const double Width = 500, BarsLeft = 352, BarsWidth = 140;

    /// <summary>Radius of a sum.</summary>
    public const double Radius = 9;

    private const double Margin = 4, Room = 324, Inset = 19, ArrowLength = 27, TailLength = 11, HeaderHeight = 32, BetweenColumns = 6;
    private const double BoxHeight = 40, LowBoxHeight = 27, PictureHeight = 56;

    private readonly StageTree _tree;
    private readonly List<DiagramBox> _boxes = [];
    private readonly List<DiagramArrow> _arrows = [];
    private readonly List<DiagramSum> _sums = [];

    public ArchitectureLayout(StageTree tree)
    {
        _tree = tree;
        var bottom = Flow(tree.Cost.Stages, incoming: null, repeats: 1, Margin, Room, Margin);
        Height = Leave(tree.Cost.Stages[^1], bottom) + Margin;
    }

    public double Height { get; }

    /// <summary>Frames before what is in them.</summary>
    public IReadOnlyList<DiagramBox> Boxes => _boxes;

    public IReadOnlyList<DiagramArrow> Arrows => _arrows;

    public IReadOnlyList<DiagramSum> Sums => _sums;

    private static double Middle => Margin + (Room / 2);

    /// <returns>The bottom of the last part.</returns>
    private double Flow(IReadOnlyList<CostStage> stages, CostStage? incoming, int repeats, double x, double width, double y)
    {
        var branch = y;
        foreach (var run in StageRun.Of(stages))
        {
            if (incoming is not null && run.First.Kind != StageKind.Input)
            {
                _arrows.Add(new DiagramArrow(Middle, y, y + ArrowLength, incoming.Shape));
                y += ArrowLength;
            }

            if (run.First.Kind == StageKind.Residual)
            {
                _sums.Add(new DiagramSum(Middle, y + Radius, Lane: x - (Inset / 2), branch + (ArrowLength / 4)));
                branch = y += 2 * Radius;
            }
            else
            {
                y = Place(run, incoming, repeats, x, width, y);
            }

            incoming = run.First;
        }

        return y;
    }

    private double Place(StageRun run, CostStage? incoming, int repeats, double x, double width, double y)
    {
        if (!_tree.IsOpen(run))
        {
            var height = run.First switch
            {
                { Kind: StageKind.Input, Shape.Count: 3 } => PictureHeight,
                var stage when StageWords.Costs(stage).Length == 0 => LowBoxHeight,
                _ => BoxHeight,
            };
            _boxes.Add(new DiagramBox(run, repeats, x, y, width, height));
            return y + height;
        }

        var frame = _boxes.Count;
        _boxes.Add(new DiagramBox(run, repeats, x, y, width, Height: 0) { IsOpen = true });
        var (inner, room) = (x + Inset, width - (2 * Inset));
        var bottom = run.First.Kind == StageKind.Head
            ? SideBySide(run.First.Parts, repeats, inner, room, y + HeaderHeight) + TailLength
            : Leave(null, Flow(run.First.Parts, run.First.Parts[0].Kind == StageKind.Input ? null : incoming, repeats * run.Count, inner, room, y + HeaderHeight));
        _boxes[frame] = _boxes[frame] with { Height = bottom - y };
        return bottom;
    }

    private double SideBySide(IReadOnlyList<CostStage> parts, int repeats, double x, double width, double y)
    {
        var runs = StageRun.Of(parts);
        var column = (width - (BetweenColumns * (runs.Count - 1))) / runs.Count;
        for (var i = 0; i < runs.Count; i++)
        {
            _boxes.Add(new DiagramBox(runs[i], repeats, x + (i * (column + BetweenColumns)), y, column, BoxHeight) { IsColumn = true });
        }

        return y + BoxHeight;
    }

    /// <summary>The way out: with a head and the shape where the model ends, to the frame's edge inside of one.</summary>
    private double Leave(CostStage? last, double y)
    {
        var length = last is null ? TailLength : ArrowLength;
        _arrows.Add(new DiagramArrow(Middle, y, y + length, last?.Shape));
        return y + length;
    }
}

/// <param name="Repeats">How often the model has such a run: of several blocks, each has it.</param>
public sealed record DiagramBox(StageRun Run, int Repeats, double X, double Y, double Width, double Height)
{
    /// <summary>A frame around the boxes of its parts.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Stands beside others: it has no room for bars.</summary>
    public bool IsColumn { get; init; }

    public CostStage Stage => Run.First;

    public bool CanOpen => Stage.Parts.Count > 0;
}

/// <param name="Shape">Of what flows; null for the last step to a frame's edge.</param>
public sealed record DiagramArrow(double X, double Top, double Bottom, IReadOnlyList<long>? Shape);

/// <summary>A branch is added to the stream, which passes by it on the left.</summary>
/// <param name="Lane">Where the stream passes.</param>
/// <param name="From">Where the stream and its branch part.</param>
public sealed record DiagramSum(double X, double Y, double Lane, double From);
