"""The lab's Vision Transformer in plain PyTorch, with the state-dict names of VitLab.Core/Models/VisionTransformer.cs."""

import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        B, N, D = x.shape
        q, k, v = self.qkv(x).reshape(B, N, 3, self.heads, D // self.heads).permute(2, 0, 3, 1, 4)  # (B, H, N, d) each
        weights = (q @ k.transpose(-2, -1) * (D // self.heads) ** -0.5).softmax(-1)
        return self.proj((weights @ v).transpose(1, 2).reshape(B, N, D))


class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x):
        return self.fc2(nn.functional.gelu(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, dim, heads, hidden):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.attn = Attention(dim, heads)
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


class PlainViT(nn.Module):
    """Without classes a backbone: forward_features is what other models stand on."""

    def __init__(self, dim=64, depth=4, heads=4, hidden=128, image=28, patch=7, channels=1, classes=10, prefix=1):
        super().__init__()
        if prefix:
            self.cls_token = nn.Parameter(torch.zeros(1, prefix, dim))
        self.prefix = prefix
        self.pos_embed = nn.Parameter(torch.zeros(1, (image // patch) ** 2 + prefix, dim))
        self.patch_embed = PatchEmbed(channels, patch, dim)
        self.blocks = nn.ModuleList(Block(dim, heads, hidden) for _ in range(depth))
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        if classes:
            self.head = nn.Linear(dim, classes)

    def forward_blocks(self, x):
        x = self.patch_embed(x)
        if self.prefix:
            x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], dim=1)
        x = x + self.pos_embed
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
