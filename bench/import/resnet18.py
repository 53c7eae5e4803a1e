"""Exports a ResNet-18 with random weights and answers images with it, prepared as torchvision does with Pillow.

Usage: resnet18.py FOLDER IMAGE... writes FOLDER/model.onnx and, for each image, FOLDER/golden/NAME and what the model gives.
The weights are made of one seed; batch norms get statistics that are not 0 and 1, so that folding them matters.
"""

import os
import shutil
import sys

import numpy
import torch
import torchvision
from PIL import Image
from torchvision import transforms

folder, images = sys.argv[1], sys.argv[2:]
torch.manual_seed(0)
model = torchvision.models.resnet18(weights=None)
with torch.no_grad():
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 2)
            module.weight.uniform_(0.5, 1.5)
            module.bias.normal_(0, 0.2)
model.eval()
prepare = transforms.Compose(
    [
        transforms.Resize(256),
        transforms.CenterCrop(224),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ]
)
golden = os.path.join(folder, "golden")
os.makedirs(golden)
# The default of the exporter: a batch of one, written into the file.
torch.onnx.export(model, torch.zeros(1, 3, 224, 224), os.path.join(folder, "model.onnx"), opset_version=13)
with torch.no_grad():
    for image in images:
        name = os.path.basename(image)
        shutil.copy(image, os.path.join(golden, name))
        scores = model(prepare(Image.open(image).convert("RGB"))[None])
        numpy.save(os.path.join(golden, os.path.splitext(name)[0] + ".expected.npy"), scores.numpy()[0])
