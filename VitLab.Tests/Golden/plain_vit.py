"""The lab's Vision Transformer in plain PyTorch, with the state-dict names of VitLab.Core/Models/VisionTransformer.cs."""

import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, dim, heads, mask=None):
        super().__init__()
        self.heads, self.mask = heads, mask  # mask (N, N): True where a query may look
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        B, N, D = x.shape
        q, k, v = self.qkv(x).reshape(B, N, 3, self.heads, D // self.heads).permute(2, 0, 3, 1, 4)  # (B, H, N, d) each
        scores = q @ k.transpose(-2, -1) * (D // self.heads) ** -0.5
        if self.mask is not None:
            scores = scores.masked_fill(~self.mask, float("-inf"))
        weights = scores.softmax(-1)
        return self.proj((weights @ v).transpose(1, 2).reshape(B, N, D))


class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x):
        return self.fc2(nn.functional.gelu(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, dim, heads, hidden, mask=None):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.attn = Attention(dim, heads, mask)
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = Mlp(dim, hidden)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    def __init__(self, channels, patch, dim):
        super().__init__()
        self.proj = nn.Conv2d(channels, dim, patch, stride=patch)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)  # (B, patches, D)


def same_window(side, window, prefix):
    """(N, N): True between patches of one window of a side × side grid, and wherever a prefix token takes part."""
    rows, columns = torch.arange(side).repeat_interleave(side), torch.arange(side).repeat(side)
    window_of = rows // window * side + columns // window
    mask = torch.ones(prefix + side**2, prefix + side**2, dtype=torch.bool)
    mask[prefix:, prefix:] = window_of[:, None] == window_of[None, :]
    return mask


class PlainViT(nn.Module):
    """
    Without classes a backbone: forward_features is what other models stand on. In the first window_blocks blocks a patch sees its window of
    window × window patches only, and positions in the window are learned beside those in the picture.
    """

    def __init__(self, dim=64, depth=4, heads=4, hidden=128, image=28, patch=7, channels=1, classes=10, prefix=1, window=0, window_blocks=0):
        super().__init__()
        self.side, self.window = image // patch, window
        if prefix:
            self.cls_token = nn.Parameter(torch.zeros(1, prefix, dim))
        self.prefix = prefix
        self.pos_embed = nn.Parameter(torch.zeros(1, (image // patch) ** 2 + prefix, dim))
        if window_blocks:
            self.pos_embed_window = nn.Parameter(torch.zeros(1, window**2, dim))
        self.patch_embed = PatchEmbed(channels, patch, dim)
        mask = same_window(self.side, window, prefix) if window_blocks else None
        self.blocks = nn.ModuleList(Block(dim, heads, hidden, mask if index < window_blocks else None) for index in range(depth))
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        if classes:
            self.head = nn.Linear(dim, classes)

    def positions(self, height, width):
        """Of the patches of images of this size, in the model's own grid."""
        return self.pos_embed

    def forward_blocks(self, x):
        height, width = x.shape[2:]
        x = self.patch_embed(x)
        if hasattr(self, "pos_embed_window"):
            tile = self.pos_embed_window.view(self.window, self.window, -1)
            x = x + tile.repeat(self.side // self.window, self.side // self.window, 1).flatten(0, 1)
        if self.prefix:
            x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], dim=1)
        x = x + self.positions(height, width)
        for block in self.blocks:
            x = block(x)
        return x

    def forward_features(self, x):
        return self.norm(self.forward_blocks(x))

    def forward(self, x):
        return self.head(self.norm(self.forward_blocks(x)[:, 0]))


def d64():
    return PlainViT(dim=64, depth=4, heads=4, hidden=128)


def d16():
    return PlainViT(dim=16, depth=4, heads=4, hidden=64)


def small():
    """The variant 192/12/3 on pictures of three channels."""
    return PlainViT(dim=192, depth=12, heads=3, hidden=768, image=32, patch=4, channels=3)
