"""Trains a preset's network with PyTorch and prints seconds and processor seconds an epoch; for bench/training.

usage: torch_training.py WINDOWS SETTINGS THREADS EPOCHS

WINDOWS holds a window a line: label and values. SETTINGS is a preset of bench/training as JSON. An augmented epoch
changes all its windows at once, which is the fastest that PyTorch can: per batch or per window costs more.
"""
import json
import math
import sys
import time

import numpy
import torch
from torch import nn

LENGTH, CHANNELS, WARM_UP = 50, 3, 2
LIMITS = -2, 127 / 64


class GlobalMax(nn.Module):
    def forward(self, x):
        return x.amax(2)


def build(layers, flowing, n_classes):
    built = []
    for name, arguments, options in layers:
        known = {"classes": n_classes, "flat": flowing[0].numel()}
        arguments = [known.get(value, value) for value in arguments]
        built.append(GlobalMax() if name == "GlobalMax" else getattr(nn, name)(*arguments, **options))
        flowing = built[-1](flowing)
    return nn.Sequential(*built)


def draw(n, limit):
    return limit * (2 * torch.rand(n) - 1)


def draw_turns(n, angle, scale):
    """Rotations about random axes, times a scale, by Rodrigues' formula: n x 3 x 3."""
    z, around = draw(n, 1), draw(n, math.pi)
    flat = (1 - z * z).sqrt()
    axis = torch.stack([flat * around.cos(), flat * around.sin(), z], 1)
    zero = torch.zeros(n)
    cross = torch.stack([zero, -axis[:, 2], axis[:, 1], axis[:, 2], zero, -axis[:, 0], -axis[:, 1], axis[:, 0], zero],
                        1).view(n, 3, 3)
    sine, cosine = angle.sin().view(n, 1, 1), angle.cos().view(n, 1, 1)
    turns = cosine * torch.eye(3) + sine * cross + (1 - cosine) * axis[:, :, None] * axis[:, None, :]
    return scale.view(n, 1, 1) * turns


def augment(x, n_samples, options):
    """What src/train/augment.c does, to all windows (n x channels x length) at once."""
    n = len(x)
    shift = torch.randint(-options["shift"], options["shift"] + 1, (n, 1)).float()
    stretch = 1 + draw((n, 1), options["stretch"])
    turns = draw_turns(n, draw(n, options["rotation"]), 1 + draw(n, options["scale"]))
    n_out = ((n_samples * stretch).round() + shift).clamp(max=LENGTH)
    n_out = torch.maximum(n_out, n_samples.clamp(max=4))
    times = torch.arange(LENGTH).float()[None]
    start = torch.minimum(((times - shift) / stretch).clamp(min=0), n_samples - 1)
    before = start.floor()
    share = (start - before)[:, None]
    after = torch.minimum(before + 1, n_samples - 1)
    index = before.long()[:, None].expand(-1, CHANNELS, -1), after.long()[:, None].expand(-1, CHANNELS, -1)
    warped = torch.lerp(x.gather(2, index[0]), x.gather(2, index[1]), share)
    warped *= (times < n_out)[:, None]
    return torch.bmm(turns, warped).clamp_(*LIMITS)


def main():
    settings = json.loads(sys.argv[2])
    n_epochs = int(sys.argv[4])
    torch.set_num_threads(int(sys.argv[3]))
    torch.manual_seed(1)
    rows = numpy.loadtxt(sys.argv[1], dtype=numpy.float32)
    x = torch.from_numpy(rows[:, 1:].reshape(len(rows), LENGTH, CHANNELS).transpose(0, 2, 1).copy())
    y = torch.from_numpy(rows[:, 0].astype(numpy.int64))
    n_samples = ((x != 0).any(1) * torch.arange(1, LENGTH + 1)).amax(1, keepdim=True).clamp(min=1).float()
    net = build(settings["layers"], x[:2], int(y.max()) + 1)
    rate = settings.get("rate", 1e-3)
    if "decay" in settings:
        optimizer = torch.optim.AdamW(net.parameters(), lr=rate, eps=1e-7, weight_decay=settings["decay"])
    else:
        optimizer = torch.optim.Adam(net.parameters(), lr=rate, eps=1e-7)
    loss_function = nn.CrossEntropyLoss(label_smoothing=settings.get("smoothing", 0))
    net.train()

    def compute_gradients(windows, labels):
        optimizer.zero_grad(set_to_none=True)
        loss_function(net(windows), labels).backward()

    def step_sharply(windows, labels):
        """Sharpness-aware minimization: the gradient of where, so far away, the loss is highest."""
        compute_gradients(windows, labels)
        with torch.no_grad():
            gradients = [parameter.grad for parameter in net.parameters()]
            norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
            moves = torch._foreach_mul(gradients, float(settings["sharpness"] / (norm + 1e-12)))
            torch._foreach_add_(list(net.parameters()), moves)
        compute_gradients(windows, labels)
        with torch.no_grad():
            torch._foreach_sub_(list(net.parameters()), moves)
        optimizer.step()

    def run_epoch(epoch, is_sharp=False):
        if settings.get("cosine"):
            for group in optimizer.param_groups:
                group["lr"] = rate * 0.5 * (1 + math.cos(math.pi * epoch / settings["epochs"]))
        order = torch.randperm(len(x))
        seen, labels = x[order], y[order]
        if "augment" in settings:
            seen = augment(seen, n_samples[order], settings["augment"])
        for i in range(0, len(x), settings["batch"]):
            if is_sharp:
                step_sharply(seen[i:i + settings["batch"]], labels[i:i + settings["batch"]])
                continue
            compute_gradients(seen[i:i + settings["batch"]], labels[i:i + settings["batch"]])
            optimizer.step()

    for epoch in range(WARM_UP):
        run_epoch(epoch)
    start, cpu_start = time.perf_counter(), time.process_time()
    for epoch in range(n_epochs):
        run_epoch(epoch, epoch >= settings.get("sharpness_from", 1) * n_epochs)
    print("seconds", (time.perf_counter() - start) / n_epochs, "cpu_seconds", (time.process_time() - cpu_start) / n_epochs)


main()
