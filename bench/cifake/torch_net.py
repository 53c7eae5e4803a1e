"""Trains the network of configs/cifake.yaml as one would in PyTorch, on the parts of a run of `assay train`, for a given time.

Usage: torch_net.py SPLIT ROOT SECONDS, where SPLIT is the run's split.json and ROOT the folder that its paths are relative to.
Crop by a pixel, mirror, AdamW with a cosine over the time, the best weights by AUROC on the validation part, both mirror images
at the end: prints one line of JSON with the figures on the test part.
"""

import json
import math
import os
import sys
import time

import numpy
import torch
from PIL import Image
from torch import nn

split, root, budget = json.load(open(sys.argv[1])), sys.argv[2], float(sys.argv[3])
torch.manual_seed(1)
torch.set_num_threads(os.cpu_count())


def load(part):
    files = [entry for entry in split if entry["split"] == part]
    pixels = numpy.stack([numpy.asarray(Image.open(os.path.join(root, f["path"])).convert("RGB")) for f in files])
    values = (pixels / 255.0 - numpy.array([0.5, 0.45, 0.42])) / numpy.array([0.28, 0.26, 0.26])
    images = torch.tensor(values, dtype=torch.float32).permute(0, 3, 1, 2)
    labels = torch.tensor([int(f["label"] == "FAKE") for f in files])
    return images.contiguous(memory_format=torch.channels_last), labels


def convolution(inputs, outputs, kernel=3):
    return [nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]


network = nn.Sequential(
    *convolution(3, 32),
    nn.MaxPool2d(2),
    *convolution(32, 64),
    nn.MaxPool2d(2),
    *convolution(64, 128),
    *convolution(128, 16, 1),
    nn.Flatten(),
    nn.Dropout(0.5),
    nn.Linear(16 * 64, 2),
).to(memory_format=torch.channels_last)


def margins(images):
    network.eval()
    with torch.no_grad():
        scores = network(images) + network(images.flip(3))
    return scores[:, 1] - scores[:, 0]


def auroc(margin, labels):
    """Mann–Whitney, ties counted by half."""
    fake, real = margin[labels == 1], margin[labels == 0]
    wins = (fake[:, None] > real[None]).float() + 0.5 * (fake[:, None] == real[None]).float()
    return wins.mean().item()


def augmented(images):
    mirrored = torch.rand(len(images)) < 0.5
    images = torch.where(mirrored[:, None, None, None], images.flip(3), images)
    top, left = torch.randint(0, 3, (2,)).tolist()
    padded = nn.functional.pad(images, (1, 1, 1, 1))
    return padded[:, :, top : top + 32, left : left + 32].contiguous(memory_format=torch.channels_last)


batch, rate, warm_up = 32, 0.003, 0.1
(train, train_labels), (validation, validation_labels), (test, test_labels) = map(load, ("train", "validation", "test"))
optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.05)
best, best_state, epoch, begun = 0.0, network.state_dict(), 0, time.monotonic()
while time.monotonic() - begun < budget:
    network.train()
    order = torch.randperm(len(train))
    for first in range(0, len(train) - batch + 1, batch):
        done = min(1.0, (time.monotonic() - begun) / budget)
        share = done / warm_up if done < warm_up else 0.5 + 0.5 * math.cos(math.pi * (done - warm_up) / (1 - warm_up))
        for group in optimiser.param_groups:
            group["lr"] = rate * share
        rows = order[first : first + batch]
        loss = nn.functional.cross_entropy(network(augmented(train[rows])), train_labels[rows])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    epoch += 1
    if epoch % 5 == 0:
        value = auroc(margins(validation), validation_labels)
        if value > best:
            best, best_state = value, {name: tensor.clone() for name, tensor in network.state_dict().items()}
seconds = time.monotonic() - begun
network.load_state_dict(best_state)
margin = margins(test)
print(
    json.dumps(
        {
            "parameters": sum(tensor.numel() for tensor in network.parameters()),
            "epochs": epoch,
            "seconds": seconds,
            "accuracy": ((margin > 0).long() == test_labels).float().mean().item(),
            "auroc": auroc(margin, test_labels),
        }
    )
)
