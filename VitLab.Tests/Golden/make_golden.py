#!/usr/bin/env python3
"""Makes the golden files beside this script with PyTorch (Debian: python3-torch, python3-numpy):

    /usr/bin/python3 VitLab.Tests/Golden/make_golden.py

Everything is computed in float64 from float32 inputs, so a golden value is the exact answer rather than another rounding of it; the
script prints how far PyTorch's own float32 lies from it, which is what the tolerances of the C# tests are chosen from.
"""

import pathlib

import numpy as np
import torch

import op_cases
from golden_numbers import labels, save_safetensors, uniform, weight
from plain_vit import d64

HERE = pathlib.Path(__file__).parent
METADATA = {"made_by": "make_golden.py", "torch": torch.__version__}


def golden_model(dtype):
    model = d64()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(weight(name, tuple(parameter.shape))))
    return model.to(dtype)


def batch(name, count, dtype):
    images = torch.from_numpy(uniform(f"{name}.images", [count, 1, 28, 28], -1, 1)).to(dtype)
    return images, torch.from_numpy(labels(f"{name}.labels", count, 10))


def gradients(dtype):
    """Logits, loss and every gradient of one batch of 8."""
    model = golden_model(dtype)
    images, targets = batch("gradients", 8, dtype)
    logits = model(images)
    loss = torch.nn.functional.cross_entropy(logits, targets)
    loss.backward()
    found = {"logits": logits.detach(), "loss": loss.detach()}
    found.update({f"grad.{name}": parameter.grad for name, parameter in model.named_parameters()})
    return found


def ten_losses(dtype):
    """Ten steps on one batch of 32: AdamW with weight decay and its own betas, label smoothing, gradient clipping."""
    model = golden_model(dtype)
    images, targets = batch("losses", 32, dtype)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95), eps=1e-8, weight_decay=0.05)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(images), targets, label_smoothing=0.1)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses)


def farthest(exact, rounded):
    """Largest difference as a share of the tensor's own largest value."""
    return float((exact - rounded.double()).abs().max() / exact.abs().max())


def main():
    exact, rounded = gradients(torch.float64), gradients(torch.float32)
    print(f"logits: float32 is within {farthest(exact['logits'], rounded['logits']):.1e}")
    print(f"gradients: float32 is within {max(farthest(exact[key], rounded[key]) for key in exact if key.startswith('grad.')):.1e}")
    exact["losses"] = ten_losses(torch.float64)
    print(f"ten losses: float32 is within {farthest(exact['losses'], ten_losses(torch.float32)):.1e}: {[round(float(loss), 4) for loss in exact['losses']]}")
    save_safetensors(HERE / "vit_d64.safetensors", {name: tensor.numpy() for name, tensor in exact.items()}, METADATA)
    save_safetensors(HERE / "ops.safetensors", op_cases.tensors(), METADATA)
    print({path.name: path.stat().st_size for path in HERE.glob("*.safetensors")})


if __name__ == "__main__":
    np.seterr(over="ignore")  # unsigned arithmetic wraps on purpose
    main()
