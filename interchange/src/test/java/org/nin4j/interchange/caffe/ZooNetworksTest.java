package org.nin4j.interchange.caffe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.Resize;
import org.nin4j.data.SubtractMean;
import org.nin4j.interchange.caffe.CaffeBytes.Array;
import org.nin4j.interchange.caffe.CaffeBytes.Form;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** The two networks of the authors, as they are in Caffe's model zoo, with random weights. */
class ZooNetworksTest {
  private static final Normalize NORMALIZE =
      new Normalize(List.of(0.5f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f));

  @TempDir Path folder;

  private static CaffeText cifar(CaffeText text) {
    return text.conv("conv1", 192, 5, 1, 2)
        .relu("relu1")
        .cccp("cccp1", 160)
        .cccp("cccp2", 96)
        .pool("pool1", "MAX", 3, 2)
        .dropout("drop3")
        .conv("conv2", 192, 5, 1, 2)
        .relu("relu2")
        .cccp("cccp3", 192)
        .cccp("cccp4", 192)
        .pool("pool2", "AVE", 3, 2)
        .dropout("drop6")
        .conv("conv3", 192, 3, 1, 1)
        .relu("relu3")
        .cccp("cccp5", 192)
        .cccp("cccp6", 10)
        .pool("pool3", "AVE", 8, 1);
  }

  private static CaffeText imagenet(CaffeText text) {
    return text.conv("conv1", 96, 11, 4, 0)
        .relu("relu0")
        .cccp("cccp1", 96)
        .cccp("cccp2", 96)
        .pool("pool0", "MAX", 3, 2)
        .conv("conv2", 256, 5, 1, 2)
        .relu("relu3")
        .cccp("cccp3", 256)
        .cccp("cccp4", 256)
        .pool("pool2", "MAX", 3, 2)
        .conv("conv3", 384, 3, 1, 1)
        .relu("relu7")
        .cccp("cccp5", 384)
        .cccp("cccp6", 384)
        .pool("pool3", "MAX", 3, 2)
        .dropout("drop")
        .conv("conv4-1024", 1024, 3, 1, 1)
        .relu("relu10")
        .cccp("cccp7-1024", 1024)
        .cccp("cccp8-1024", 1000)
        .pool("pool4", "AVE", 6, 1);
  }

  private static List<Array> weights(Object[][] convolutions) {
    Random random = new Random(2);
    List<Array> arrays = new ArrayList<>();
    for (Object[] of : convolutions) {
      String name = (String) of[0];
      int outputs = (int) of[1];
      int side = (int) of[3];
      arrays.add(Array.random(random, name, outputs, (int) of[2], side, side));
      arrays.add(Array.random(random, name, outputs));
    }
    return arrays;
  }

  private static List<Array> cifarWeights() {
    return weights(
        new Object[][] {
          {"conv1", 192, 3, 5},
          {"cccp1", 160, 192, 1},
          {"cccp2", 96, 160, 1},
          {"conv2", 192, 96, 5},
          {"cccp3", 192, 192, 1},
          {"cccp4", 192, 192, 1},
          {"conv3", 192, 192, 3},
          {"cccp5", 192, 192, 1},
          {"cccp6", 10, 192, 1}
        });
  }

  private static List<Layer> cifarLayers() {
    ReLU relu = new ReLU();
    Size2d three = Size2d.of(3);
    Size2d two = Size2d.of(2);
    Size2d none = Size2d.of(0);
    return List.of(
        new Conv2d(3, 192, 5, 1, 2),
        relu,
        new Conv2d(192, 160, 1),
        relu,
        new Conv2d(160, 96, 1),
        relu,
        new MaxPool2d(three, two, none, true),
        new Dropout(0.5f),
        new Conv2d(96, 192, 5, 1, 2),
        relu,
        new Conv2d(192, 192, 1),
        relu,
        new Conv2d(192, 192, 1),
        relu,
        new AvgPool2d(three, two, none, true, true),
        new Dropout(0.5f),
        new Conv2d(192, 192, 3, 1, 1),
        relu,
        new Conv2d(192, 192, 1),
        relu,
        new Conv2d(192, 10, 1),
        relu,
        new AvgPool2d(Size2d.of(8), Size2d.of(1), none, true, true),
        new Flatten());
  }

  @Test
  void ninCifar10IsReadFromItsDeployDefinitionInTheOldFormAndTheNew() throws IOException {
    for (boolean old : new boolean[] {true, false}) {
      Path weights = folder.resolve(old + ".caffemodel");
      Path definition = folder.resolve("deploy.prototxt");
      CaffeText text = cifar(new CaffeText("nin_cifar10", old).input(3, 32, 32));
      Files.writeString(definition, text.layer("prob", "Softmax", "prob", "").toString());
      List<Array> arrays = cifarWeights();
      CaffeBytes.write(weights, definition, old ? Form.OLD : Form.SHAPED, arrays);
      Model model =
          Models.read(
              weights,
              ImportOptions.none()
                  .definition(definition)
                  .classes(names(10))
                  .normalization(NORMALIZE));
      Network network = model.network();
      assertEquals("nin_cifar10", network.name());
      assertEquals(cifarLayers(), network.layers().layers());
      assertEquals(966_986, network.parameterCount());
      assertEquals(Shape.of(1, 96, 16, 16), network.outputShapes().get(6));
      assertEquals(Shape.of(1, 192, 8, 8), network.outputShapes().get(14));
      assertEquals(Shape.of(1, 10, 1, 1), network.outputShapes().get(22));
      assertArrayEquals(redFirst(arrays.get(0).values(), 25), model.weights().values("0.weight"));
      for (int i = 1; i < arrays.size(); i++) {
        assertArrayEquals(arrays.get(i).values(), model.weights().values(i));
      }
      assertEquals(
          Preprocessing.unit(3, 32, 32).antialiased().then(NORMALIZE), model.preprocessing());
    }
  }

  @Test
  void ninCifar10IsReadFromItsTrainingsDefinitionAndFromItsWeightsAlone() throws IOException {
    Path definition = folder.resolve("nin.prototxt");
    Path weights = folder.resolve("nin.caffemodel");
    CaffeText text = new CaffeText("nin_cifar10", true).data("mean_file: \"/d/mean.binaryproto\"");
    Files.writeString(definition, cifar(text).loss().toString());
    CaffeBytes.write(weights, definition, Form.OLD, cifarWeights());
    Array mean = Array.random(new Random(4), "mean", 1, 3, 32, 32);
    CaffeBytes.write(folder.resolve("mean.binaryproto"), mean, Form.OLD);
    ImportOptions options = ImportOptions.none().classes(names(10));
    Model model = Models.read(weights, options);
    assertEquals(cifarLayers(), model.network().layers().layers());
    assertEquals(
        List.of(Resize.class, SubtractMean.class, Normalize.class),
        model.preprocessing().steps().stream().map(Object::getClass).toList());
    assertSame(model, Models.read(definition, options));
    Files.delete(definition);
    assertSame(model, Models.read(weights, options));
  }

  /** 29 MB, as in the zoo. */
  @Test
  void ninImagenetHasTheSizesAndTheNumberOfParametersOfTheZoo() throws IOException {
    Path definition = folder.resolve("nin_imagenet.prototxt");
    Path weights = folder.resolve("nin_imagenet.caffemodel");
    CaffeText text = new CaffeText("nin_imagenet", false);
    text.layer(
        "data",
        "Input",
        null,
        "top: \"data\" input_param { shape: {" + " dim: 10 dim: 3 dim: 224 dim: 224 } }");
    Files.writeString(definition, imagenet(text).layer("prob", "Softmax", "prob", "").toString());
    List<Array> arrays =
        weights(
            new Object[][] {
              {"conv1", 96, 3, 11},
              {"cccp1", 96, 96, 1},
              {"cccp2", 96, 96, 1},
              {"conv2", 256, 96, 5},
              {"cccp3", 256, 256, 1},
              {"cccp4", 256, 256, 1},
              {"conv3", 384, 256, 3},
              {"cccp5", 384, 384, 1},
              {"cccp6", 384, 384, 1},
              {"conv4-1024", 1024, 384, 3},
              {"cccp7-1024", 1024, 1024, 1},
              {"cccp8-1024", 1000, 1024, 1}
            });
    CaffeBytes.write(weights, definition, Form.SHAPED, arrays);
    Model model =
        Models.read(
            weights,
            ImportOptions.none().classes(names(1000)).normalization(NORMALIZE).shorterSide(256));
    Network network = model.network();
    assertEquals(7_595_176, network.parameterCount());
    assertEquals(
        List.of(54, 27, 13, 6, 1),
        IntStream.of(0, 6, 13, 20, 28)
            .map(i -> network.outputShapes().get(i).height())
            .boxed()
            .toList());
    assertArrayEquals(redFirst(arrays.get(0).values(), 121), model.weights().values(0));
    for (int i = 1; i < arrays.size(); i++) {
      assertArrayEquals(arrays.get(i).values(), model.weights().values(i));
    }
  }

  private static void assertSame(Model expected, Model found) {
    assertEquals(expected.network(), found.network());
    assertEquals(expected.preprocessing(), found.preprocessing());
    for (int i = 0; i < expected.weights().count(); i++) {
      assertArrayEquals(expected.weights().values(i), found.weights().values(i));
    }
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
  }

  /** Weights (outputs, blue green red, area) as (outputs, red green blue, area). */
  private static float[] redFirst(float[] weights, int area) {
    float[] swapped = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      int channel = i / area % 3;
      swapped[i + (2 - 2 * channel) * area] = weights[i];
    }
    return swapped;
  }
}
