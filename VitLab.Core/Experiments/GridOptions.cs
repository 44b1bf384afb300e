using VitLab.Data;

namespace VitLab.Experiments;

/// <summary>What every task on grids of digits can set beside the backbone: the grid and how training grids vary.</summary>
public abstract record GridOptions : VitOptions
{
    [Option("Digits per side", "2 makes grids of 4 digits, 3 of 9, 4 of 16.", Group = "Grid", Minimum = 2, Maximum = 4, Unit = "digits")]
    public int Side { get; init; } = 2;

    [Option("Jitter", "Moves each digit of a training grid by up to this much in both directions, as far as its cell has room.", Group = "Grid", Minimum = 0, Maximum = 14, Unit = "px")]
    public int JitterPixels { get; init; }

    [Option("Empty cells", "Chance of each cell of a training grid to stay empty.", Group = "Grid", Minimum = 0, Maximum = 0.9)]
    public double EmptyChance { get; init; }

    /// <summary>Side of the picture in pixels.</summary>
    internal int PictureSide => Side * GridComposer.CellSide;

    internal int Cells => Side * Side;

    internal GridComposer ToComposer() => new(Side, Side, new GridVariation
    {
        Augmentation = ToAugmentation(),
        JitterPixels = JitterPixels,
        EmptyChance = (float)EmptyChance,
    });
}
