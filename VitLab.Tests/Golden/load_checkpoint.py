#!/usr/bin/env python3
"""Loads a checkpoint trained by VitLab into the plain PyTorch model and prints its logits over the golden pictures:

    /usr/bin/python3 VitLab.Tests/Golden/load_checkpoint.py single-digit.safetensors d64

One JSON line: {"logits": [[...], ...], "missing": [...], "unexpected": [...]}. CheckpointGoldenTests.cs compares the logits with VitLab's own.
"""

import json
import sys

import numpy as np
import torch

import plain_vit
from golden_numbers import load_safetensors, uniform


def main(path, preset):
    np.seterr(over="ignore")  # unsigned arithmetic wraps on purpose
    tensors, _ = load_safetensors(path)
    weights = {name: torch.from_numpy(array) for name, array in tensors.items() if not name.startswith("training.")}
    model = getattr(plain_vit, preset)().eval()
    missing, unexpected = model.load_state_dict(weights, strict=False)
    with torch.no_grad():
        logits = model(torch.from_numpy(uniform("checkpoint.images", [8, 1, 28, 28], -1, 1)))
    print(json.dumps({"logits": logits.tolist(), "missing": list(missing), "unexpected": list(unexpected)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
