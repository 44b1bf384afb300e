namespace VitLab.Models;

/// <summary>The parts of a detector's loss. M counts the patches that answer for a digit.</summary>
public static class DetectionLoss
{
    /// <summary>Binary cross entropy summed over all patches, for each one that answers for a digit; so that it weighs the same on large and small pictures.</summary>
    /// <param name="logits">(B, N).</param>
    /// <param name="targets">(B, N), 1 where a patch answers for a digit, else 0.</param>
    public static Tensor Presence(Tensor logits, Tensor targets, int answering) =>
        functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.Sum) / Math.Max(answering, 1);

    /// <summary>
    /// Distance of boxes, coded as in <see cref="SceneTokens.Boxes"/>: 1 - GIoU (Rezatofighi et al., https://arxiv.org/abs/1902.09630), which asks for overlap
    /// whatever the box's size, and the smooth L1 distance of the codes, which also leads boxes that are far off.
    /// </summary>
    /// <param name="codes">(M, 4).</param>
    /// <param name="targets">(M, 4), the codes of the true boxes.</param>
    public static Tensor Boxes(Tensor codes, Tensor targets) =>
        (1 - GeneralizedOverlap(codes, targets)).mean() + functional.smooth_l1_loss(codes, targets, beta: 0.2);

    /// <summary>GIoU (M, 1) of boxes coded about the same patch's middle: IoU less the share of their common bounds that neither covers; -1…1.</summary>
    public static Tensor GeneralizedOverlap(Tensor a, Tensor b)
    {
        var (middleA, sizeA, middleB, sizeB) = (a.narrow(1, 0, 2), Size(a), b.narrow(1, 0, 2), Size(b));        // all (M, 2)
        var (nearA, farA, nearB, farB) = (middleA - (sizeA * 0.5), middleA + (sizeA * 0.5), middleB - (sizeB * 0.5), middleB + (sizeB * 0.5));
        var shared = Area((farA.minimum(farB) - nearA.maximum(nearB)).clamp_min(0));                            // (M, 1)
        var bounds = Area(farA.maximum(farB) - nearA.minimum(nearB));
        var union = Area(sizeA) + Area(sizeB) - shared;
        return (shared / union) - ((bounds - union) / bounds);
    }

    // A box of e⁴ patches is larger than any picture; beyond it the exponential says nothing.
    private static Tensor Size(Tensor codes) => codes.narrow(1, 2, 2).clamp(-4, 4).exp();

    private static Tensor Area(Tensor sides) => sides.narrow(1, 0, 1) * sides.narrow(1, 1, 1);
}
