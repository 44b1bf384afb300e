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
from plain_detector import PlainDetector, average_precision, corners, giou, loss_of, suppress
from plain_grid import FINISH, PADDING, START, PlainGridClassifier, PlainGridTranscriber
from plain_sequence import PlainAnchorFinder, PlainDigitCnn, PlainSequenceSummer
from plain_vit import d64, small

HERE = pathlib.Path(__file__).parent
METADATA = {"made_by": "make_golden.py", "torch": torch.__version__}


# Small shapes: a wrong factor shows in a narrow model as well as in a wide one, and the files stay small.
GRID = {"dim": 32, "depth": 2, "heads": 4, "hidden": 48}


def with_golden_weights(model, dtype):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(weight(name, tuple(parameter.shape))))
    return model.to(dtype)


def pictures(name, count, side, dtype, channels=1):
    return torch.from_numpy(uniform(f"{name}.images", [count, channels, side, side], -1, 1)).to(dtype)


def classes(name, count, among):
    return torch.from_numpy(labels(f"{name}.labels", count, among))


def with_gradients(model, logits, targets):
    """Logits, loss and every gradient."""
    return with_gradients_of(model, logits, torch.nn.functional.cross_entropy(logits.flatten(0, -2), targets.flatten(), ignore_index=PADDING))


def with_gradients_of(model, logits, loss):
    """The same for a loss of another kind."""
    loss.backward()
    found = {"logits": logits.detach(), "loss": loss.detach()}
    found.update({f"grad.{name}": parameter.grad for name, parameter in model.named_parameters()})
    return found


def single_digit(dtype):
    model = with_golden_weights(d64(), dtype)
    return with_gradients(model, model(pictures("gradients", 8, 28, dtype)), classes("gradients", 8, 10))


def sampled(gradient):
    """Some 64 numbers from all over a tensor: the file of a large model stays small. GoldenWeights.cs takes the same ones."""
    return gradient.flatten()[:: max(1, gradient.numel() // 64)]


def small_variant(dtype):
    model = with_golden_weights(small(), dtype)
    found = with_gradients(model, model(pictures("small", 2, 32, dtype, channels=3)), classes("small", 2, 10))
    return {name: sampled(tensor) if name.startswith("grad.") else tensor for name, tensor in found.items()}


def grid_classifier(pooling, **windows):
    def found(dtype):
        model = with_golden_weights(PlainGridClassifier(pooling, **GRID, **windows), dtype)
        return with_gradients(model, model(pictures("grid", 4, 56, dtype)), classes("grid", 16, 11))

    return found


def rectangles(name, count, height, width, dtype):
    return torch.from_numpy(uniform(f"{name}.images", [count, 1, height, width], -1, 1)).to(dtype)


def detector(positions):
    """Two pictures of 56 × 84, which is not the size the model was made for; five patches answer for digits."""
    def found(dtype):
        model = with_golden_weights(PlainDetector(positions, image=70, **GRID), dtype)
        answers = model(rectangles("scenes", 2, 56, 84, dtype))
        answering = torch.tensor([3, 17, 95, 96, 150])
        presence = torch.zeros(2 * 96, dtype=dtype)
        presence[answering] = 1
        codes = torch.from_numpy(uniform("scenes.codes", [5, 4], -0.7, 1.3)).to(dtype)
        loss = loss_of(answers, presence.view(2, 96), answering, classes("scenes", 5, 10), codes)
        loss.backward()
        found = {"logits": torch.cat([answers[0][..., None], answers[1], answers[2]], dim=-1).detach(), "loss": loss.detach()}
        found.update({f"grad.{name}": parameter.grad for name, parameter in model.named_parameters()})
        return found

    return found


def decoding():
    """GIoU of 40 pairs of boxes, what suppression keeps of 60, and the average precision of 60 answers to 30 digits."""
    a, b = (torch.from_numpy(uniform(f"giou.{which}", [40, 4], -1, 1)).double() for which in "ab")
    boxes = uniform("suppress.boxes", [60, 4], 0, 40)
    boxes[:, 2:] = 6 + boxes[:, 2:] / 4
    scores = uniform("suppress.scores", [60], 0, 1)
    kept = suppress(boxes.astype(np.float64), scores, 0.3)
    right = uniform("suppress.right", [60], 0, 1) < 0.4
    return {
        "giou": giou(corners(a), corners(b)),
        "kept": np.array(kept),
        "precision": np.array([average_precision(scores, right, 30)]),
    }


def texts():
    """Targets of four pictures with 4, 3, 1 and no digits, and what the decoder reads to write them."""
    digits = labels("grid.digits", 8, 10).tolist()
    lines = [digits[:4], digits[4:7], digits[7:8], []]
    targets = torch.tensor([(line + [FINISH] + 5 * [PADDING])[:5] for line in lines])
    return targets, torch.cat([torch.full((4, 1), START), targets[:, :-1]], dim=1)


def grid_transcriber(dtype):
    model = with_golden_weights(PlainGridTranscriber(**GRID), dtype)
    targets, tokens = texts()
    found = with_gradients(model, model(pictures("grid", 4, 56, dtype), tokens), targets)
    found["greedy"], found["lead"] = model.greedy(pictures("greedy", 32, 56, dtype))
    return found


SEQUENCE = {"channels": 3, "dim": 16, "depth": 2, "heads": 4, "hidden": 24}


def strips(name, rows, dtype):
    """One strip for each row of the cells that hold a digit; the others are padding of a single shade."""
    side, width = 28, max(len(row) for row in rows)
    found = torch.full((len(rows), 1, side, side * width), -0.4, dtype=dtype)
    inked = torch.from_numpy(uniform(f"{name}.images", found.shape, -1, 1)).to(dtype)
    for strip, row in enumerate(rows):
        for cell, has_digit in enumerate(row):
            if has_digit:
                found[strip, :, :, cell * side : (cell + 1) * side] = inked[strip, :, :, cell * side : (cell + 1) * side]
    return found


def digit_cnn(dtype):
    model = with_golden_weights(PlainDigitCnn(SEQUENCE["channels"], SEQUENCE["dim"], 10), dtype)
    return with_gradients(model, model(pictures("cnn", 6, 28, dtype)), classes("cnn", 6, 10))


def sequence_sum(dtype):
    """Strips of one, three and five digits, with padding before, between and behind them."""
    model = with_golden_weights(PlainSequenceSummer(**SEQUENCE), dtype)
    outputs = model(strips("sum", [[0, 1, 0, 0, 0], [1, 0, 1, 0, 1], [1, 1, 1, 1, 1]], dtype))
    return with_gradients_of(model, outputs, torch.nn.functional.mse_loss(outputs, torch.tensor([3.0, 11.0, 27.0], dtype=dtype)))


def anchor_in_sequence(dtype):
    """The same behind an anchor."""
    model = with_golden_weights(PlainAnchorFinder(**SEQUENCE), dtype)
    outputs = model(strips("anchor", [[1, 0, 1, 0, 0, 0], [1, 1, 0, 1, 0, 1], [1, 1, 1, 1, 1, 1]], dtype))
    return with_gradients_of(model, outputs, torch.nn.functional.binary_cross_entropy_with_logits(outputs, torch.tensor([1.0, 0.0, 1.0], dtype=dtype)))


def ten_losses(dtype):
    """Ten steps on one batch of 32: AdamW with weight decay and its own betas, label smoothing, gradient clipping."""
    model = with_golden_weights(d64(), dtype)
    images, targets = pictures("losses", 32, 28, dtype), classes("losses", 32, 10)
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


def golden(what, function):
    """Computes in float64, and says how far float32 lies from it."""
    exact, rounded = function(torch.float64), function(torch.float32)
    print(f"{what}: float32 logits are within {farthest(exact['logits'], rounded['logits']):.1e}, "
          f"gradients within {max(farthest(exact[key], rounded[key]) for key in exact if key.startswith('grad.')):.1e}")
    return exact


def save(name, tensors):
    path = HERE / f"{name}.safetensors"
    save_safetensors(path, {key: np.asarray(tensor) for key, tensor in tensors.items()}, METADATA)
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def main():
    d64_golden = golden("d64", single_digit)
    d64_golden["losses"] = ten_losses(torch.float64)
    print(f"ten losses: float32 is within {farthest(d64_golden['losses'], ten_losses(torch.float32)):.1e}: {[round(float(loss), 4) for loss in d64_golden['losses']]}")
    save("vit_d64", d64_golden)

    save("vit_small", golden("small", small_variant))

    for pooling in ("query", "region"):
        save(f"grid_{pooling}", golden(f"grid classifier, {pooling}", grid_classifier(pooling)))

    save("grid_window", golden("grid classifier, a block within cells", grid_classifier("region", window=4, window_blocks=1)))

    transcriber = golden("grid transcriber", grid_transcriber)
    print(f"greedy: every choice leads by {transcriber.pop('lead'):.1e}: {transcriber['greedy'].tolist()}")
    save("grid_transcriber", transcriber)

    for positions in ("fixed", "learned"):
        save(f"detector_{positions}", golden(f"detector, {positions} positions", detector(positions)))

    for name, function in (("digit_cnn", digit_cnn), ("sequence_sum", sequence_sum), ("anchor_in_sequence", anchor_in_sequence)):
        save(name, golden(name.replace("_", " "), function))

    save("detection", decoding())

    save("ops", op_cases.tensors())


if __name__ == "__main__":
    np.seterr(over="ignore")  # unsigned arithmetic wraps on purpose
    main()
