"""Makes the files of this folder: python3 make.py, with the torch of Debian 12 (1.13.0a0)."""

import torch
from torch import nn


def counting(parameter):
    """0, 1/8, 2/8, ..."""
    return torch.arange(float(parameter.numel())).reshape(parameter.shape) / 8


network = nn.DataParallel(nn.Sequential(nn.Conv2d(1, 2, 3, bias=False), nn.BatchNorm2d(2), nn.ReLU()))
optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9)
network(torch.ones(1, 1, 4, 4)).sum().backward()
optimizer.step()
for value in network.state_dict().values():
    if value.is_floating_point():
        value.copy_(counting(value))
schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, [1, 2])
torch.save(
    {
        "epoch": 3,
        "arch": "nin",
        "best": torch.tensor(0.5),
        "state_dict": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
    },
    "checkpoint.pt",
)

shared = torch.arange(12.0)
torch.save(
    {
        "transposed": torch.arange(6.0).reshape(2, 3).t(),
        "slice": shared[4:8],
        "column": shared.reshape(3, 4)[:, 1],
        "channels_last": torch.arange(8.0)
        .reshape(1, 2, 2, 2)
        .contiguous(memory_format=torch.channels_last),
        "half": torch.tensor([0.5, -2.0]).half(),
        "bfloat16": torch.tensor([0.5, -2.0]).bfloat16(),
        "double": torch.tensor([0.5, -2.0]).double(),
        "scalar": torch.tensor(7.0),
        "parameter": nn.Parameter(torch.ones(2)),
        "empty": torch.zeros(0, 3),
    },
    "views.pt",
)

network = nn.Linear(1, 1)
torch.save(network, "network.pt")
torch.save(network.state_dict(), "legacy.pt", _use_new_zipfile_serialization=False)
torch.save(network.state_dict(), "protocol4.pt", pickle_protocol=4)
