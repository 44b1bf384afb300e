"""The lab's detector of digits anywhere in plain PyTorch, with the state-dict names of VitLab.Core/Models/SceneDetector.cs; its loss and how its answers are read."""

import numpy as np
import torch
from torch import nn

from plain_vit import PlainViT

SLOWEST = 100


class FreeViT(PlainViT):
    """A backbone without prefix tokens for images of any size: positions are fixed sines and cosines, or learned and interpolated."""

    def __init__(self, positions, image=112, **shape):
        super().__init__(image=image, classes=0, prefix=0, **shape)
        self.dim = self.pos_embed.shape[2]
        if positions == "fixed":
            del self.pos_embed

    def positions(self, height, width):
        patch = self.patch_embed.proj.kernel_size[0]
        rows, columns = height // patch, width // patch
        if hasattr(self, "pos_embed"):
            grid = self.pos_embed.view(self.side, self.side, self.dim).permute(2, 0, 1)[None]
            grid = nn.functional.interpolate(grid, size=(rows, columns), mode="bilinear", align_corners=False)
            return grid.flatten(2).transpose(1, 2)
        rates = SLOWEST ** -(torch.arange(self.dim // 4, dtype=torch.float64) / (self.dim // 4))
        y = torch.arange(rows, dtype=torch.float64)[:, None, None] * rates
        x = torch.arange(columns, dtype=torch.float64)[None, :, None] * rates
        y, x = y.expand(rows, columns, -1), x.expand(rows, columns, -1)
        return torch.cat([y.sin(), y.cos(), x.sin(), x.cos()], dim=-1).flatten(0, 1)[None].to(self.norm.weight.dtype)


class PlainDetector(nn.Module):
    def __init__(self, positions, dim, classes=10, **shape):
        super().__init__()
        self.backbone = FreeViT(positions, dim=dim, **shape)
        self.presence, self.digit, self.box = nn.Linear(dim, 1), nn.Linear(dim, classes), nn.Linear(dim, 4)

    def forward(self, x):
        x = self.backbone.forward_features(x)
        return self.presence(x)[..., 0], self.digit(x), self.box(x)


def corners(codes):
    """(M, 4) left, top, right, bottom in patch sides about the patch's middle."""
    middle, size = codes[:, :2], codes[:, 2:].exp()
    return torch.cat([middle - size / 2, middle + size / 2], dim=1)


def giou(a, b):
    """(M): Rezatofighi et al., https://arxiv.org/abs/1902.09630, from corners."""
    def area(box):
        return (box[:, 2] - box[:, 0]).clamp(min=0) * (box[:, 3] - box[:, 1]).clamp(min=0)

    shared = area(torch.cat([torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])], dim=1))
    bounds = area(torch.cat([torch.minimum(a[:, :2], b[:, :2]), torch.maximum(a[:, 2:], b[:, 2:])], dim=1))
    union = area(a) + area(b) - shared
    return shared / union - (bounds - union) / bounds


def loss_of(answers, presence, answering, labels, codes):
    """The sum of the three parts; answering indexes the patches of the whole batch."""
    logits, digits, boxes = answers
    digits, boxes = digits.flatten(0, 1)[answering], boxes.flatten(0, 1)[answering]
    return (
        nn.functional.binary_cross_entropy_with_logits(logits, presence, reduction="sum") / len(answering)
        + nn.functional.cross_entropy(digits, labels)
        + (1 - giou(corners(boxes), corners(codes))).mean()
        + nn.functional.smooth_l1_loss(boxes, codes, beta=0.2)
    )


def overlap(a, b):
    """Intersection over union of two boxes (left, top, width, height)."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(width, 0) * max(height, 0)
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def suppress(boxes, scores, most):
    """Indices that are kept, the surest first."""
    kept = []
    for index in np.argsort(-scores, kind="stable"):
        if all(overlap(boxes[index], boxes[other]) <= most for other in kept):
            kept.append(int(index))
    return kept


def average_precision(scores, right, truths):
    """Area under the envelope of precision over recall, every point of the curve by itself (PASCAL VOC since 2010)."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    recall = np.concatenate([[0.0], hits / truths, [1.0]])
    precision = np.concatenate([[0.0], hits / np.arange(1, len(order) + 1), [0.0]])
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    steps = np.flatnonzero(np.diff(recall))
    return float(np.sum((recall[steps + 1] - recall[steps]) * precision[steps + 1]))
