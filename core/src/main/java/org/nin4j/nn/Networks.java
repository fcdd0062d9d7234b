package org.nin4j.nn;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.internal.Suggestion;

/**
 * The named networks: NiN as <i>Dive into Deep Learning</i> and its authors built it, and VGG-11 to
 * compare it with.
 */
public enum Networks {
  /** <i>Dive into Deep Learning</i> 7.3. */
  NIN("nin", Shape.of(1, 1, 224, 224), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      return new Sequential(
          NinBlock.of(input.channels(), 96, 11, 4, 0),
          new MaxPool2d(3, 2),
          NinBlock.of(96, 256, 5, 1, 2),
          new MaxPool2d(3, 2),
          NinBlock.of(256, 384, 3, 1, 1),
          new MaxPool2d(3, 2),
          new Dropout(0.5f),
          NinBlock.of(384, classes, 3, 1, 1),
          new AdaptiveAvgPool2d(1),
          new Flatten());
    }
  },
  /** The authors' network for CIFAR-10. */
  NIN_CIFAR10("nin-cifar10", Shape.of(1, 3, 32, 32), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      return cifar(input.channels(), classes);
    }
  },
  /** The authors' network for CIFAR-100. */
  NIN_CIFAR100("nin-cifar100", Shape.of(1, 3, 32, 32), 100) {
    @Override
    Sequential layers(Shape input, int classes) {
      return cifar(input.channels(), classes);
    }
  },
  /** The authors' network for SVHN. */
  NIN_SVHN("nin-svhn", Shape.of(1, 3, 32, 32), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      return threeBlocks(
          NinBlock.of(input.channels(), 128, 96, 64, 5, 1, 2),
          NinBlock.of(64, 320, 256, 128, 5, 1, 2),
          NinBlock.of(128, 384, 256, classes, 5, 1, 2));
    }
  },
  /** The authors' network for MNIST. */
  NIN_MNIST("nin-mnist", Shape.of(1, 1, 28, 28), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      return threeBlocks(
          NinBlock.of(input.channels(), 96, 64, 48, 5, 1, 2),
          NinBlock.of(48, 128, 96, 48, 5, 1, 2),
          NinBlock.of(48, 128, 96, classes, 5, 1, 2));
    }
  },
  /**
   * The geometry of the authors' network for CIFAR-10, with BatchNorm2d and a linear last
   * convolution, and less Dropout.
   */
  NIN_CIFAR10_BN("nin-cifar10-bn", Shape.of(1, 3, 32, 32), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      return threeBlocks(
          0.2f,
          NinBlock.batchNorm(input.channels(), 192, 160, 96, 5, 1, 2),
          NinBlock.batchNorm(96, 192, 192, 192, 5, 1, 2),
          NinBlock.batchNormHead(192, 192, 192, classes, 3, 1, 1));
    }
  },
  /**
   * The geometry of the authors' network for MNIST, with BatchNorm2d and a linear last convolution,
   * and less Dropout.
   */
  NIN_MNIST_BN("nin-mnist-bn", Shape.of(1, 1, 28, 28), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      return threeBlocks(
          0.2f,
          NinBlock.batchNorm(input.channels(), 96, 64, 48, 5, 1, 2),
          NinBlock.batchNorm(48, 128, 96, 48, 5, 1, 2),
          NinBlock.batchNormHead(48, 128, 96, classes, 5, 1, 2));
    }
  },
  /**
   * A NiN for small colour images that learns more in less time than the authors' networks: five
   * blocks of a 3x3 and a 1x1 convolution with BatchNorm2d, after a convolution whose filters come
   * in pairs, so that its ReLU loses nothing when it whitens the image (in the geometry of Keller
   * Jordan's airbench, 2024). Like any NiN it ends in a map for each class, and has no Linear
   * layer.
   */
  NIN_MODERN("nin-modern", Shape.of(1, 3, 32, 32), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      return pyramid(input.channels(), 64, 128, 256, 256, classes);
    }
  },
  /** A narrower {@link #NIN_MODERN}, whose weights take less than 1 MB. */
  NIN_SMALL("nin-small", Shape.of(1, 3, 32, 32), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      return pyramid(input.channels(), 32, 48, 80, 96, classes);
    }
  },
  /** The network of Caffe's model zoo for ImageNet. */
  NIN_IMAGENET("nin-imagenet", Shape.of(1, 3, 224, 224), 1000) {
    @Override
    Sequential layers(Shape input, int classes) {
      return new Sequential(
          NinBlock.of(input.channels(), 96, 11, 4, 0),
          ceilPool(),
          NinBlock.of(96, 256, 5, 1, 2),
          ceilPool(),
          NinBlock.of(256, 384, 3, 1, 1),
          ceilPool(),
          new Dropout(0.5f),
          NinBlock.of(384, 1024, 1024, classes, 3, 1, 1),
          new AdaptiveAvgPool2d(1),
          new Flatten());
    }
  },
  /**
   * VGG-11 (Simonyan and Zisserman, 2014), the network that NiN is compared with: most of its
   * parameters are in Linear layers.
   */
  VGG11("vgg11", Shape.of(1, 1, 224, 224), 10) {
    @Override
    Sequential layers(Shape input, int classes) {
      List<Layer> layers = new ArrayList<>();
      int channels = input.channels();
      int[][] blocks = {{64}, {128}, {256, 256}, {512, 512}, {512, 512}};
      for (int[] block : blocks) {
        for (int out : block) {
          layers.add(new Conv2d(channels, out, 3, 1, 1));
          layers.add(new ReLU());
          channels = out;
        }
        layers.add(new MaxPool2d(2, 2));
      }
      // Five pools halve the image; one too small for them is refused by name when it meets them.
      long positions = Math.max(1L, (input.height() / 32) * (long) (input.width() / 32));
      int features = (int) Math.min(Integer.MAX_VALUE, channels * positions);
      layers.add(new Flatten());
      layers.add(new Linear(features, 4096));
      layers.add(new ReLU());
      layers.add(new Dropout(0.5f));
      layers.add(new Linear(4096, 4096));
      layers.add(new ReLU());
      layers.add(new Dropout(0.5f));
      layers.add(new Linear(4096, classes));
      return new Sequential(layers);
    }
  };

  private final String presetName;
  private final Shape defaultInput;
  private final int defaultClasses;

  Networks(String presetName, Shape defaultInput, int defaultClasses) {
    this.presetName = presetName;
    this.defaultInput = defaultInput;
    this.defaultClasses = defaultClasses;
  }

  abstract Sequential layers(Shape input, int classes);

  /** {@return the name of the preset as it is written on the command line: {@code nin-cifar10}} */
  public String presetName() {
    return presetName;
  }

  /** {@return (1, C, H, W) of the images that the network was made for} */
  public Shape defaultInput() {
    return defaultInput;
  }

  /** {@return the number of classes that the network was made for} */
  public int defaultClasses() {
    return defaultClasses;
  }

  /** {@return the network for the images and classes that it was made for} */
  public Network build() {
    return build(defaultInput, defaultClasses);
  }

  /**
   * Builds the network for other images or classes.
   *
   * @param input the shape of one image, (1, C, H, W)
   * @param classes the number of classes, at least 2
   * @return the network
   * @throws ShapeException when the images are too small for it
   * @throws IllegalArgumentException when there are fewer than 2 classes
   */
  public Network build(Shape input, int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "a classifier needs at least 2 classes, but got " + classes);
    }
    return new Network(presetName, input, layers(input, classes));
  }

  /**
   * Finds a preset by its name.
   *
   * @param name the name, as {@link #presetName} returns it
   * @return the preset
   * @throws IllegalArgumentException when there is none; the message suggests the nearest name
   */
  public static Networks named(String name) {
    for (Networks preset : values()) {
      if (preset.presetName.equals(name)) {
        return preset;
      }
    }
    throw new IllegalArgumentException(Suggestion.unknown("network preset", name, names()));
  }

  /** {@return all names that {@link #named} knows} */
  public static List<String> names() {
    return List.of(values()).stream().map(Networks::presetName).toList();
  }

  private static Sequential cifar(int channels, int classes) {
    return threeBlocks(
        NinBlock.of(channels, 192, 160, 96, 5, 1, 2),
        NinBlock.of(96, 192, 192, 192, 5, 1, 2),
        NinBlock.of(192, 192, 192, classes, 3, 1, 1));
  }

  private static Sequential threeBlocks(Sequential first, Sequential second, Sequential third) {
    return threeBlocks(0.5f, first, second, third);
  }

  private static Sequential threeBlocks(
      float dropout, Sequential first, Sequential second, Sequential third) {
    return new Sequential(
        first,
        ceilPool(),
        new Dropout(dropout),
        second,
        ceilPool(),
        new Dropout(dropout),
        third,
        new AdaptiveAvgPool2d(1),
        new Flatten());
  }

  /** Blocks on maps of ever smaller size: 31, 15, 15, 7 and 3 pixels for images of 32. */
  private static Sequential pyramid(int in, int a, int b, int c, int d, int classes) {
    int paired = 2 * in * 2 * 2; // a filter of both signs for each value of a 2x2 patch
    return new Sequential(
        new Sequential(new Conv2d(in, paired, 2), new ReLU()),
        pooledBlock(paired, a),
        NinBlock.batchNorm(a, b, b, 3, 1, 1),
        pooledBlock(b, c),
        pooledBlock(c, d),
        NinBlock.batchNormHead(d, d, classes, 3, 1, 1),
        new AdaptiveAvgPool2d(1),
        new Flatten());
  }

  /** Pools before the BatchNorm2d, which then has a quarter of the work. */
  private static Sequential pooledBlock(int in, int out) {
    return new Sequential(
        new Conv2d(in, out, Size2d.of(3), Size2d.of(1), Size2d.of(1), false),
        new MaxPool2d(2, 2),
        new BatchNorm2d(out),
        new ReLU(),
        new Conv2d(out, out, Size2d.of(1), Size2d.of(1), Size2d.of(0), false),
        new BatchNorm2d(out),
        new ReLU());
  }

  /** The authors' cuda-convnet and Caffe round the size of a pooled map up: 32 to 16 to 8. */
  private static MaxPool2d ceilPool() {
    return new MaxPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(0), true);
  }
}
