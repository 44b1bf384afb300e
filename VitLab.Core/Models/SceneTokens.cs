namespace VitLab.Models;

/// <summary>What a <see cref="SceneDetector"/> says of every patch (N of them, row by row).</summary>
/// <param name="Presence">(B, N) logits of a digit's middle being here.</param>
/// <param name="Digits">(B, N, classes) logits of which digit it is.</param>
/// <param name="Boxes">
/// (B, N, 4): how far right of and below the patch's middle the digit's box has its middle, in patch sides, and the logarithm of its width and height in
/// patch sides.
/// </param>
public sealed record SceneTokens(Tensor Presence, Tensor Digits, Tensor Boxes);
