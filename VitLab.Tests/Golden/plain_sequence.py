"""The lab's two readers of sequences in plain PyTorch, with the state-dict names of VitLab.Core/Models: SequenceSummer and AnchorFinder."""

import torch
from torch import nn

from plain_grid import HeadAttention
from plain_vit import Mlp

SIDE = 28


class DigitEncoder(nn.Module):
    def __init__(self, channels, dim):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, 2 * channels, 3, padding=1)
        self.fc = nn.Linear(2 * channels * (SIDE // 4) ** 2, dim)

    def forward(self, x):
        x = nn.functional.max_pool2d(self.conv1(x).relu(), 2)
        x = nn.functional.max_pool2d(self.conv2(x).relu(), 2)
        return self.fc(x.flatten(1))


def cells(strips):
    """(B, 1, side, N · side) → (B, N, side, side), and which cells hold more than one shade (B, N)."""
    found = strips.unfold(3, SIDE, SIDE).squeeze(1).permute(0, 2, 1, 3)
    pixels = found.flatten(2)
    return found, pixels.amax(-1) > pixels.amin(-1)


def embed(encoder, found, inked):
    """Every cell through the encoder, padding set to 0 behind it."""
    B, N = inked.shape
    return encoder(found.reshape(B * N, 1, SIDE, SIDE)).view(B, N, -1) * inked[..., None]


class SelfAttention(HeadAttention):
    def __init__(self, dim, heads):
        super().__init__(dim, heads)
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x, visible):
        return self.attend(*self.split(self.qkv(x), 3), mask=visible[:, None, None])


class SelfBlock(nn.Module):
    def __init__(self, dim, heads, hidden):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.attn = SelfAttention(dim, heads)
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = Mlp(dim, hidden)

    def forward(self, x, visible):
        x = x + self.attn(self.norm1(x), visible)
        return x + self.mlp(self.norm2(x))


class CrossAttention(HeadAttention):
    def __init__(self, dim, heads):
        super().__init__(dim, heads)
        self.q = nn.Linear(dim, dim)
        self.kv = nn.Linear(dim, 2 * dim)

    def forward(self, x, memory, visible):
        return self.attend(self.split(self.q(x), 1)[0], *self.split(self.kv(memory), 2), mask=visible[:, None, None])


class CrossBlock(nn.Module):
    def __init__(self, dim, heads, hidden):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.norm_memory = nn.LayerNorm(dim, eps=1e-6)
        self.cross_attn = CrossAttention(dim, heads)
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = Mlp(dim, hidden)

    def forward(self, x, memory, visible):
        x = x + self.cross_attn(self.norm1(x), self.norm_memory(memory), visible)
        return x + self.mlp(self.norm2(x))


class PlainSequenceSummer(nn.Module):
    def __init__(self, channels, dim, depth, heads, hidden):
        super().__init__()
        self.encoder = DigitEncoder(channels, dim)
        self.blocks = nn.ModuleList(SelfBlock(dim, heads, hidden) for _ in range(depth))
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.head = nn.Linear(dim, 1)

    def forward(self, strips):
        found, inked = cells(strips)
        x = embed(self.encoder, found, inked)
        for block in self.blocks:
            x = block(x, inked)
        return self.head((self.norm(x) * inked[..., None]).sum(1)).squeeze(1)


class PlainAnchorFinder(nn.Module):
    """The first cell is the anchor, which looks at the others."""

    def __init__(self, channels, dim, depth, heads, hidden):
        super().__init__()
        self.encoder = DigitEncoder(channels, dim)
        self.blocks = nn.ModuleList(CrossBlock(dim, heads, hidden) for _ in range(depth))
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.head = nn.Linear(dim, 1)

    def forward(self, strips):
        found, inked = cells(strips)
        tokens = embed(self.encoder, found, inked)
        x = tokens[:, :1]
        for block in self.blocks:
            x = block(x, tokens[:, 1:], inked[:, 1:])
        return self.head(self.norm(x[:, 0])).squeeze(1)


class PlainDigitCnn(nn.Module):
    def __init__(self, channels, dim, classes):
        super().__init__()
        self.encoder = DigitEncoder(channels, dim)
        self.head = nn.Linear(dim, classes)

    def forward(self, x):
        return self.head(self.encoder(x).relu())
