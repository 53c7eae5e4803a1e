"""Training steps of the three-block net in PyTorch (channels last, its fastest layout on a CPU), on request.

Reads a number of steps per line from standard input, answers the seconds that they took.
"""

import sys
import time

import torch
from torch import nn

batch, threads = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)


def block(inputs, outputs):
    return [
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        nn.MaxPool2d(2),
    ]


model = nn.Sequential(
    *block(3, 32), *block(32, 64), *block(64, 128), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 10)
).to(memory_format=torch.channels_last)
images = torch.randn(batch, 3, 32, 32).contiguous(memory_format=torch.channels_last)
labels = torch.arange(batch) % 10
optimiser = torch.optim.Adam(model.parameters(), 1e-3)

for line in sys.stdin:
    started = time.perf_counter()
    for _ in range(int(line)):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    print(time.perf_counter() - started, flush=True)
