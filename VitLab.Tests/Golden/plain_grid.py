"""The lab's two readers of grids in plain PyTorch, with the state-dict names of VitLab.Core/Models: GridClassifier and GridTranscriber."""

import torch
from torch import nn

from plain_vit import Mlp, PlainViT

DIGITS, FINISH, START, PADDING = 10, 10, 11, 12
WRITTEN, VOCABULARY = 11, 13


class PlainGridClassifier(nn.Module):
    def __init__(self, pooling, cells=2, image=56, patch=7, dim=64, classes=11, **shape):
        super().__init__()
        self.pooling, self.cells = pooling, cells
        self.backbone = PlainViT(dim=dim, image=image, patch=patch, classes=0, prefix=cells**2 if pooling == "query" else 0, **shape)
        self.heads = nn.ModuleList(nn.Linear(dim, classes) for _ in range(cells**2))

    def forward(self, x):
        x = self.backbone.forward_features(x)
        if self.pooling == "region":
            side = int(x.shape[1] ** 0.5)
            x = x.transpose(1, 2).unflatten(2, (side, side))  # (B, D, side, side)
            x = nn.functional.avg_pool2d(x, side // self.cells).flatten(2).transpose(1, 2)
        return torch.stack([head(x[:, cell]) for cell, head in enumerate(self.heads)], dim=1)


class HeadAttention(nn.Module):
    """Projections that the self- and the cross-attention of a decoder share the arithmetic of."""

    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.proj = nn.Linear(dim, dim)

    def split(self, x, parts):
        B, N, D = x.shape
        return x.reshape(B, N, parts, self.heads, D // parts // self.heads).permute(2, 0, 3, 1, 4)  # (parts, B, H, N, d)

    def attend(self, q, k, v, mask=None):
        scores = q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5
        if mask is not None:
            scores = scores.masked_fill(~mask, float("-inf"))
        return self.proj((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))


class CausalSelfAttention(HeadAttention):
    def __init__(self, dim, heads):
        super().__init__(dim, heads)
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x):
        q, k, v = self.split(self.qkv(x), 3)
        return self.attend(q, k, v, torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).tril())


class CrossAttention(HeadAttention):
    def __init__(self, dim, heads):
        super().__init__(dim, heads)
        self.q = nn.Linear(dim, dim)
        self.kv = nn.Linear(dim, 2 * dim)

    def forward(self, x, memory):
        return self.attend(self.split(self.q(x), 1)[0], *self.split(self.kv(memory), 2))


class DecoderBlock(nn.Module):
    def __init__(self, dim, heads, hidden):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.self_attn = CausalSelfAttention(dim, heads)
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.cross_attn = CrossAttention(dim, heads)
        self.norm3 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = Mlp(dim, hidden)

    def forward(self, x, memory):
        x = x + self.self_attn(self.norm1(x))
        x = x + self.cross_attn(self.norm2(x), memory)
        return x + self.mlp(self.norm3(x))


class Decoder(nn.Module):
    def __init__(self, dim, depth, heads, hidden, longest):
        super().__init__()
        self.pos_embed = nn.Parameter(torch.zeros(1, longest, dim))
        self.token_embed = nn.Embedding(VOCABULARY, dim)
        self.blocks = nn.ModuleList(DecoderBlock(dim, heads, hidden) for _ in range(depth))
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.head = nn.Linear(dim, WRITTEN)

    def forward(self, tokens, memory):
        x = self.token_embed(tokens) + self.pos_embed[:, : tokens.shape[1]]
        for block in self.blocks:
            x = block(x, memory)
        return self.head(self.norm(x))


class PlainGridTranscriber(nn.Module):
    def __init__(self, dim=64, depth=4, decoder_depth=2, heads=4, hidden=128, image=56, patch=14, digits=4):
        super().__init__()
        self.longest = digits + 1
        self.backbone = PlainViT(dim=dim, depth=depth, heads=heads, hidden=hidden, image=image, patch=patch, classes=0, prefix=0)
        self.decoder = Decoder(dim, decoder_depth, heads, hidden, self.longest)

    def forward(self, images, tokens):
        return self.decoder(tokens, self.backbone.forward_features(images))

    @torch.no_grad()
    def greedy(self, images):
        """What the model writes, (B, longest), padding behind finish; and the smallest lead of a choice over the second best."""
        memory = self.backbone.forward_features(images)
        tokens, lead = torch.full((len(images), 1), START), float("inf")
        for _ in range(self.longest):
            best = self.decoder(tokens, memory)[:, -1].topk(2, dim=-1)
            done = (tokens == FINISH).any(1)
            lead = min([lead, *(best.values[:, 0] - best.values[:, 1])[~done].tolist()])
            tokens = torch.cat([tokens, best.indices[:, :1].masked_fill(done[:, None], PADDING)], dim=1)
        return tokens[:, 1:], lead
