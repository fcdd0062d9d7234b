# Wrote pytorch.onnx and printed the logits in OnnxImportTest, with PyTorch 1.13 (Debian's python3-torch).
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.ZeroPad2d((0, 1, 0, 1)),
            nn.Conv2d(1, 3, 3, stride=2),
            nn.BatchNorm2d(3),
            nn.ReLU(),
            nn.MaxPool2d(2, ceil_mode=True),
            nn.Dropout(0.25),
            nn.Conv2d(3, 4, 1),
        )

    def forward(self, x):
        x = torch.clamp(self.features(x), min=0)
        x = nn.functional.adaptive_avg_pool2d(x, 1)
        return torch.softmax(x.view(x.size(0), -1), 1)


torch.manual_seed(1)
net = Net().eval()
net.features[2].running_mean.uniform_()
net.features[2].running_var.uniform_(0.5, 2)
images = (torch.arange(72).view(2, 1, 6, 6) / 72) ** 2
torch.onnx.export(
    net, images, "pytorch.onnx", opset_version=13,
    input_names=["images"], output_names=["classes"],
    dynamic_axes={"images": {0: "n"}, "classes": {0: "n"}},
)
print(net(images).tolist())
