"""Numbers that Python and C# make alike (GoldenNumbers.cs is the twin), and the safetensors files the golden data lie in."""

import json
import struct

import numpy as np

MASK = (1 << 64) - 1


def seed_of(name):
    """FNV-1a, 64 bits, over the UTF-8 bytes of the name."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & MASK
    return seed


def uniform(name, shape, low, high):
    """SplitMix64 from the name's seed, 53 bits each, scaled in double and rounded to float32 once."""
    count = int(np.prod(shape))
    z = np.uint64(seed_of(name)) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    u = ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return (low + (high - low) * u).astype(np.float32).reshape(shape)


def labels(name, count, classes):
    return np.floor(uniform(name, [count], 0, classes)).astype(np.int64)


def weight(name, shape):
    """A weight of a state dict: matrices keep the variance of what flows through them, norms stay near 1, the rest is small."""
    if name.endswith("weight") and len(shape) >= 2:
        bound = (3.0 / np.prod(shape[1:])) ** 0.5
        return uniform(name, shape, -bound, bound)
    if name.endswith("weight"):
        return uniform(name, shape, 0.8, 1.2)
    return uniform(name, shape, -0.1, 0.1)


def load_safetensors(path):
    """(tensors by name, metadata)"""
    kinds = {"F32": np.float32, "F64": np.float64, "I64": np.int64, "I32": np.int32, "U8": np.uint8}
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[first:last], dtype=kinds[entry["dtype"]]).reshape(entry["shape"]).copy()
    return tensors, metadata


def save_safetensors(path, tensors, metadata):
    header, chunks, offset = {"__metadata__": metadata}, [], 0
    for name, array in tensors.items():
        kind = "I64" if array.dtype == np.int64 else "F32"
        chunk = np.ascontiguousarray(array, dtype=np.int64 if kind == "I64" else np.float32).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [offset, offset + len(chunk)]}
        offset += len(chunk)
        chunks.append(chunk)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(chunks))
