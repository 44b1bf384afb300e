namespace VitLab.Vision;

/// <summary>Shares the ink of a picture out among the cells of a grid. Connected ink stays together, so a stroke that sticks out over a border leaves nothing in the neighbouring cell.</summary>
internal sealed class InkParts
{
    /// <summary>
    /// Connected ink is cut at the border all the same when another cell holds at least this share of what its main cell holds: two digits
    /// that touch, not one that strays.
    /// </summary>
    private const double OwnShare = 1.0 / 3;

    private readonly GrayImage _ink;
    private readonly int _rows;
    private readonly int _columns;
    private readonly List<Run> _runs = [];
    private readonly List<int> _parents = [];

    private InkParts(GrayImage ink, int rows, int columns) => (_ink, _rows, _columns) = (ink, rows, columns);

    /// <summary>For each cell its ink, cut out; null where there is none.</summary>
    public static GrayImage?[] Split(GrayImage ink, int rows, int columns)
    {
        var parts = new InkParts(ink, rows, columns);
        parts.FindRuns();
        return parts.CutOut(parts.Targets());
    }

    /// <summary>Finds inked pixels that lie side by side within a cell, and joins those that touch, corners included (Rosenfeld, Pfaltz 1966, by runs).</summary>
    private void FindRuns()
    {
        var (above, current) = (0, 0);                              // runs of the row above that may still touch, of this row
        for (var y = 0; y < _ink.Height; y++, (above, current) = (current, _runs.Count))
        {
            var row = _ink.Pixels.AsSpan(y * _ink.Width, _ink.Width);
            for (var x = 0; row[x..].IndexOfAnyExcept((byte)0) is var gap and >= 0;)
            {
                var start = x + gap;
                var (cell, border) = CellAt(start, y);
                var length = row[start..border].IndexOf((byte)0);
                x = length < 0 ? border : start + length;
                Add(new Run(y, start, x, cell), ref above, current);
            }
        }
    }

    private void Add(Run run, ref int above, int current)
    {
        var index = _runs.Count;
        _runs.Add(run);
        _parents.Add(index);
        if (index > current && _runs[index - 1].End == run.Start)
        {
            Join(index, index - 1);                                 // cut by a cell's border
        }

        while (above < current && _runs[above].End < run.Start)
        {
            above++;
        }

        for (var i = above; i < current && _runs[i].Start <= run.End; i++)
        {
            Join(index, i);
        }
    }

    private void Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        _parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private int Root(int index)
    {
        while (_parents[index] != index)
        {
            index = _parents[index] = _parents[_parents[index]];
        }

        return index;
    }

    /// <summary>The cell each run goes to.</summary>
    private int[] Targets()
    {
        var cells = _rows * _columns;
        var parts = new int[_runs.Count];                           // of each run: its connected part
        var count = 0;
        for (var i = 0; i < _runs.Count; i++)
        {
            parts[i] = Root(i) == i ? count++ : parts[Root(i)];     // a root comes before the runs joined to it
        }

        var ink = new uint[count * cells];                          // of each part in each cell: 255 · 4096 · 4096 just fits
        for (var i = 0; i < _runs.Count; i++)
        {
            foreach (var pixel in Pixels(_runs[i]))
            {
                ink[(parts[i] * cells) + _runs[i].Cell] += pixel;
            }
        }

        var targets = new int[_runs.Count];
        for (var i = 0; i < _runs.Count; i++)
        {
            var part = ink.AsSpan(parts[i] * cells, cells);
            var main = 0;
            for (var cell = 1; cell < cells; cell++)
            {
                main = part[cell] > part[main] ? cell : main;
            }

            targets[i] = part[_runs[i].Cell] >= OwnShare * part[main] ? _runs[i].Cell : main;
        }

        return targets;
    }

    private GrayImage?[] CutOut(int[] targets)
    {
        var boxes = new (int Left, int Top, int Right, int Bottom)[_rows * _columns];
        Array.Fill(boxes, (int.MaxValue, int.MaxValue, 0, 0));
        foreach (var (run, target) in _runs.Zip(targets))
        {
            var box = boxes[target];
            boxes[target] = (Math.Min(box.Left, run.Start), Math.Min(box.Top, run.Row), Math.Max(box.Right, run.End), Math.Max(box.Bottom, run.Row + 1));
        }

        GrayImage?[] cells = [.. boxes.Select(box => box.Bottom == 0 ? null : new GrayImage(box.Right - box.Left, box.Bottom - box.Top))];
        foreach (var (run, target) in _runs.Zip(targets))
        {
            var (box, cell) = (boxes[target], cells[target]!);
            Pixels(run).CopyTo(cell.Pixels.AsSpan(((run.Row - box.Top) * cell.Width) + run.Start - box.Left));
        }

        return cells;
    }

    private ReadOnlySpan<byte> Pixels(Run run) => _ink.Pixels.AsSpan((run.Row * _ink.Width) + run.Start, run.End - run.Start);

    /// <summary>The cell a pixel lies in, and the column where that cell ends.</summary>
    private (int Cell, int Border) CellAt(int x, int y)
    {
        var column = (int)((((long)x + 1) * _columns - 1) / _ink.Width);
        var row = (int)((((long)y + 1) * _rows - 1) / _ink.Height);
        return ((row * _columns) + column, (column + 1) * _ink.Width / _columns);
    }

    /// <summary>Inked pixels Start … End - 1 of a row, all in one cell.</summary>
    private readonly record struct Run(int Row, int Start, int End, int Cell);
}
