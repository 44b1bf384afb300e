"""The single ops of the golden table: inputs by formula, value and gradients by PyTorch in float64. OpGoldenTests.cs has one row per name."""

import numpy as np
import torch
import torch.nn.functional as F

from golden_numbers import labels, uniform


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5
    return (scores if mask is None else scores + mask).softmax(-1) @ v


def causal(n):
    return torch.full((n, n), float("-inf"), dtype=torch.float64).triu(1)


X = ([3, 5, 8], -2, 2)  # shape, low, high
IMAGE = ([2, 4, 9, 9], -1, 1)
HEADS = ([2, 3, 7, 4], -2, 2)
LOGITS = ([6, 10], -4, 4)
CLASSES = ("labels", 6, 10)
IGNORED = ("ignored", 6, 10)

# name: (function of the inputs, {input: (shape, low, high) or (kind, count, classes)})
CASES = {
    "linear": (lambda x, w, b: F.linear(x, w, b), {"x": X, "w": ([6, 8], -1, 1), "b": ([6], -1, 1)}),
    "linear_no_bias": (lambda x, w: F.linear(x, w), {"x": X, "w": ([6, 8], -1, 1)}),
    "layer_norm": (lambda x, w, b: F.layer_norm(x, [8], w, b), {"x": X, "w": ([8], 0.5, 1.5), "b": ([8], -1, 1)}),
    "layer_norm_far_from_zero": (lambda x, w, b: F.layer_norm(x, [8], w, b), {"x": ([4, 8], 99, 101), "w": ([8], 0.5, 1.5), "b": ([8], -1, 1)}),
    "gelu": (F.gelu, {"x": ([64], -4, 4)}),
    "gelu_extreme": (F.gelu, {"x": ([64], -60, 60)}),
    "gelu_tanh": (lambda x: F.gelu(x, approximate="tanh"), {"x": ([64], -4, 4)}),
    "relu": (F.relu, {"x": X}),
    "softmax": (lambda x: F.softmax(x, -1), {"x": X}),
    "softmax_extreme": (lambda x: F.softmax(x, -1), {"x": ([4, 9], -300, 300)}),
    "log_softmax": (lambda x: F.log_softmax(x, -1), {"x": ([4, 9], -30, 30)}),
    "attention": (attention, {"q": HEADS, "k": HEADS, "v": HEADS}),
    "attention_cross": (attention, {"q": ([2, 3, 5, 4], -2, 2), "k": HEADS, "v": HEADS}),
    "attention_mask": (lambda q, k, v, mask: attention(q, k, v, mask), {"q": HEADS, "k": HEADS, "v": HEADS, "mask": ([7, 7], -8, 2)}),
    "attention_causal": (lambda q, k, v: attention(q, k, v, causal(7)), {"q": HEADS, "k": HEADS, "v": HEADS}),
    "cross_entropy": (F.cross_entropy, {"x": LOGITS, "target": CLASSES}),
    "cross_entropy_extreme": (F.cross_entropy, {"x": ([6, 10], -90, 90), "target": CLASSES}),
    "cross_entropy_smoothing": (lambda x, target: F.cross_entropy(x, target, label_smoothing=0.1), {"x": LOGITS, "target": CLASSES}),
    "cross_entropy_ignore": (lambda x, target: F.cross_entropy(x, target, ignore_index=-100, label_smoothing=0.1), {"x": LOGITS, "target": IGNORED}),
    "cross_entropy_weight": (lambda x, target, w: F.cross_entropy(x, target, w.detach()), {"x": LOGITS, "target": CLASSES, "w": ([10], 0.5, 2)}),
    "cross_entropy_sum": (lambda x, target: F.cross_entropy(x, target, reduction="sum"), {"x": LOGITS, "target": CLASSES}),
    "mse_loss": (F.mse_loss, {"x": X, "target": X}),
    "bce_with_logits": (lambda x, target: F.binary_cross_entropy_with_logits(x, target.detach()), {"x": ([12], -5, 5), "target": ([12], 0, 1)}),
    "bce_with_logits_extreme": (lambda x, target: F.binary_cross_entropy_with_logits(x, target.detach()), {"x": ([12], -200, 200), "target": ([12], 0, 1)}),
    "conv2d": (lambda x, w, b: F.conv2d(x, w, b, stride=2, padding=1), {"x": IMAGE, "w": ([6, 4, 3, 3], -1, 1), "b": ([6], -1, 1)}),
    "conv2d_groups_dilation": (lambda x, w: F.conv2d(x, w, groups=2, dilation=2), {"x": IMAGE, "w": ([6, 2, 3, 3], -1, 1)}),
    "conv2d_patches": (lambda x, w, b: F.conv2d(x, w, b, stride=3), {"x": IMAGE, "w": ([5, 4, 3, 3], -1, 1), "b": ([5], -1, 1)}),
    "max_pool2d": (lambda x: F.max_pool2d(x, 2), {"x": IMAGE}),
    "max_pool2d_overlapping": (lambda x: F.max_pool2d(x, 3, stride=2, padding=1), {"x": IMAGE}),
    "embedding": (lambda w, index: F.embedding(index, w), {"w": ([10, 4], -1, 1), "index": CLASSES}),
    "matmul_broadcast": (torch.matmul, {"a": ([3, 2, 4, 5], -1, 1), "b": ([2, 5, 6], -1, 1)}),
    "broadcast_arithmetic": (lambda a, b, c: (a + b) * c - a / b, {"a": X, "b": ([5, 1], 1, 2), "c": ([8], -1, 1)}),
}


def make(case, name, description):
    kind = description[0]
    if kind not in ("labels", "ignored"):
        return torch.from_numpy(uniform(f"{case}.{name}", *description))
    values = labels(f"{case}.{name}", description[1], description[2])
    if kind == "ignored":
        values[::3] = -100
    return torch.from_numpy(values)


def tensors():
    """Every case's inputs ("in."), upstream gradient ("upstream"), value ("out") and gradients ("grad.")."""
    found = {}
    for case, (function, inputs) in CASES.items():
        stored = {name: make(case, name, description) for name, description in inputs.items()}
        wanted = {name: tensor.double().requires_grad_() if tensor.is_floating_point() else tensor for name, tensor in stored.items()}
        out = function(*wanted.values())
        upstream = torch.from_numpy(uniform(f"{case}.upstream", list(out.shape), -1, 1))
        (out * upstream.double()).sum().backward()
        found.update({f"{case}/in.{name}": tensor.numpy() for name, tensor in stored.items()})
        found[f"{case}/upstream"] = upstream.numpy()
        found[f"{case}/out"] = out.detach().numpy()
        found.update({f"{case}/grad.{name}": tensor.grad.numpy() for name, tensor in wanted.items() if tensor.is_floating_point() and tensor.grad is not None})
    return {name: np.asarray(array) for name, array in found.items()}
