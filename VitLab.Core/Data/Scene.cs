using VitLab.Vision;

namespace VitLab.Data;

/// <summary>A picture with any number of digits anywhere.</summary>
/// <param name="Digits">In reading order.</param>
public sealed record Scene(GrayImage Picture, IReadOnlyList<SceneDigit> Digits);

/// <summary>One digit of a scene.</summary>
/// <param name="Box">Its ink's bounds in whole pixels.</param>
public readonly record struct SceneDigit(int Label, InkBox Box);
