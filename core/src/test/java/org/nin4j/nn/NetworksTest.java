package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "nin, 1992166, 10",
    "nin-cifar10, 966986, 10",
    "nin-cifar100, 984356, 100",
    "nin-svhn, 1986026, 10",
    "nin-mnist, 349674, 10",
    "nin-cifar10-bn, 968394, 10",
    "nin-mnist-bn, 350378, 10",
    "nin-modern, 1719874, 10",
    "nin-small, 228802, 10",
    "nin-imagenet, 7595176, 1000",
    "vgg11, 128806154, 10"
  })
  void everyPresetHasItsPublishedNumberOfParameters(String name, long parameters, int classes) {
    Network network = Networks.named(name).build();
    assertEquals(name, network.name());
    assertEquals(parameters, network.parameterCount());
    assertEquals(classes, network.classes());
  }

  @Test
  void colourImagesAddTwoChannelsToTheFirstKernels() {
    Network colour = Networks.NIN.build(Shape.of(1, 3, 224, 224), 10);
    assertEquals(2_015_398, colour.parameterCount());
    assertEquals(1_992_166 + 2 * 96 * 11 * 11, colour.parameterCount());
  }

  @ParameterizedTest
  @CsvSource({"1, 1769112", "2, 1992166", "3, 2215220"})
  void aBlockMayHaveOneOrThreePointwiseConvolutions(int pointwise, long parameters) {
    assertEquals(parameters, ninWith(pointwise).parameterCount());
  }

  private static Network ninWith(int pointwise) {
    Sequential layers =
        new Sequential(
            block(1, 96, 11, 4, 0, pointwise),
            new MaxPool2d(3, 2),
            block(96, 256, 5, 1, 2, pointwise),
            new MaxPool2d(3, 2),
            block(256, 384, 3, 1, 1, pointwise),
            new MaxPool2d(3, 2),
            new Dropout(0.5f),
            block(384, 10, 3, 1, 1, pointwise),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    return new Network("variant", Shape.of(1, 1, 224, 224), layers);
  }

  private static Sequential block(int in, int out, int k, int stride, int padding, int pointwise) {
    List<Layer> layers = new ArrayList<>(List.of(new Conv2d(in, out, k, stride, padding)));
    layers.add(new ReLU());
    for (int i = 0; i < pointwise; i++) {
      layers.add(new Conv2d(out, out, 1));
      layers.add(new ReLU());
    }
    return new Sequential(layers);
  }

  @Test
  void twoPointwiseConvolutionsAreThePresetItself() {
    assertEquals(Networks.NIN.build().layers(), ninWith(2).layers());
  }

  @Test
  void parametersHavePyTorchsNamesAndOrder() {
    List<String> expected = new ArrayList<>();
    for (int block : new int[] {0, 2, 4, 7}) {
      for (int layer : new int[] {0, 2, 4}) {
        expected.add(block + "." + layer + ".weight");
        expected.add(block + "." + layer + ".bias");
      }
    }
    List<Parameter> parameters = Networks.NIN.build().parameters();
    assertEquals(expected, parameters.stream().map(Parameter::name).toList());
    assertEquals("7.4.bias", expected.get(23));
    assertEquals(Shape.of(96, 1, 11, 11), parameters.get(0).shape());
    assertEquals(Shape.of(96), parameters.get(1).shape());
  }

  @ParameterizedTest
  @CsvSource({
    "nin, 1x1x66x66, 1x1x67x67",
    "nin-svhn, 1x3x3x3, 1x3x4x4",
    "vgg11, 1x1x31x31, 1x1x32x32",
    "vgg11, 1x1x16x224, 1x1x32x32"
  })
  void aTooSmallInputIsRefusedWithTheSmallestThatWouldDo(
      String name, String small, String smallest) {
    Networks preset = Networks.named(name);
    ShapeException refused =
        assertThrows(ShapeException.class, () -> preset.build(Shape.parse(small), 10));
    String message = refused.getMessage();
    assertTrue(message.startsWith("network '" + name + "' with input " + small), message);
    assertTrue(message.endsWith("; the smallest input that would do is " + smallest), message);
    assertEquals(10, preset.build(Shape.parse(smallest), 10).classes());
  }

  @Test
  void aTooSmallInputNamesTheLayerAndWhatItGot() {
    ShapeException refused =
        assertThrows(ShapeException.class, () -> Networks.NIN.build(Shape.of(1, 1, 30, 30), 10));
    String layer = "layer 3 MaxPool2d(kernel_size=(3, 3)";
    assertTrue(refused.getMessage().contains(layer), refused.getMessage());
    assertTrue(refused.getMessage().contains("an input of 1x256x2x2"), refused.getMessage());
  }

  @Test
  void anUnknownPresetSuggestsTheNearest() {
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> Networks.named("nin-cifar01"));
    assertTrue(unknown.getMessage().contains("did you mean 'nin-cifar10'?"), unknown.getMessage());
  }

  @Test
  void oneClassOrWeightsBeyondAnArrayAreRefused() {
    Shape input = Networks.NIN.defaultInput();
    assertThrows(IllegalArgumentException.class, () -> Networks.NIN.build(input, 1));
    assertThrows(IllegalArgumentException.class, () -> Networks.NIN.build(input, 2_000_000_000));
    Shape vast = Shape.of(1, 1, 200_000, 200_000);
    assertThrows(IllegalArgumentException.class, () -> Networks.VGG11.build(vast, 10));
  }
}
