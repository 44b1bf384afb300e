#!/usr/bin/env python3
"""PyTorch's training speed for d64 and d16 at batch 128, best of one and two threads, beside VitLab's on the same machine in the same run:

    dotnet build -c Release VitLab.Web
    /usr/bin/python3 VitLab.Tests/Golden/compare_speed.py --bench VitLab.Web/bin/Release/net10.0/VitLab.Web

PyTorch's step is zero_grad, forward, cross entropy with label smoothing, backward and AdamW on one batch in memory. VitLab's `bench` takes the steps
of a real run without augmentation: each batch is composed anew, the gradient is clipped and the weights are averaged.
Without --bench only PyTorch is timed. Each setting is timed in several rounds and the fastest round counts, for both sides.
"""

import argparse
import json
import subprocess
import time

import torch

import plain_vit

BATCH = 128


def images_per_second(preset, threads, seconds):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = getattr(plain_vit, preset)()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05)
    images, targets = torch.rand(BATCH, 1, 28, 28), torch.randint(10, (BATCH,))

    def step():
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(model(images), targets, label_smoothing=0.05).backward()
        optimizer.step()

    for _ in range(5):
        step()
    best = 0.0
    for _ in range(3):
        steps, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            step()
            steps += 1
        best = max(best, steps * BATCH / (time.perf_counter() - start))
    return best


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bench", help="the built VitLab.Web program")
    arguments.add_argument("--seconds", type=float, default=4, help="length of one timed round")
    options = arguments.parse_args()

    print(f"PyTorch {torch.__version__}")
    best = {}
    for preset in ("d64", "d16"):
        for threads in (1, 2):
            rate = images_per_second(preset, threads, options.seconds)
            best[preset] = max(best.get(preset, 0), rate)
            print(f"{preset}, {threads} thread{'s' * (threads > 1)}: {rate:,.0f} images/s")
    if options.bench:
        report = json.loads(subprocess.run([options.bench, "bench", "--json"], check=True, capture_output=True, text=True).stdout)
        print(json.dumps(report["machine"]), f"GEMM {report['gemmGflops']:.0f} GFLOP/s")
        for row in report["training"]:
            if row["preset"] in best and row["batch"] == BATCH:
                ratio = row["imagesPerSecond"] / best[row["preset"]]
                print(f"VitLab {row['preset']}: {row['imagesPerSecond']:,.0f} images/s, {ratio:.1f} times PyTorch's best, "
                      f"{row['shareOfGemm']:.0%} of the machine's GEMM rate, {row['allocatedBytesPerStep']:,.0f} bytes allocated a step")


if __name__ == "__main__":
    main()
