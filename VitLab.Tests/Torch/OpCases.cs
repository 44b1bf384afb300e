namespace VitLab.Tests.Torch;

/// <summary>The table of ops. A new op adds a row to the part it belongs to.</summary>
public static partial class OpCases
{
    public static IReadOnlyDictionary<string, OpCase> All { get; } =
        Arithmetic().Concat(Functions()).Concat(Shapes()).Concat(Reductions()).Concat(Picks()).Concat(Products()).Concat(Layers()).Concat(Losses()).ToDictionary(op => op.Name);
}
