package org.nin4j.interchange.caffe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.caffe.CaffeBytes.Array;
import org.nin4j.interchange.caffe.CaffeBytes.Form;
import org.nin4j.io.FileDescription;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.Networks;

class CaffeFormatTest {
  @TempDir Path folder;

  private void assertRefused(Path file, String complaint) {
    assertEquals(
        file + ": " + complaint,
        assertThrows(
                InvalidFileException.class,
                () -> Models.read(new SmallNet(folder).weightsFile(), SmallNet.ALL))
            .getMessage());
  }

  /** Whether a definition is refused that differs from one that can be read. */
  private void assertRefused(String complaint, String from, String to) throws IOException {
    SmallNet net = new SmallNet(folder);
    net.write(SmallNet.DEPLOY);
    String changed = SmallNet.DEPLOY.replace(from, to);
    assertNotEquals(SmallNet.DEPLOY, changed, from);
    Files.writeString(net.definition(), changed);
    assertRefused(net.definition(), complaint);
  }

  @Test
  void whatIsNotSupportedIsNamedWithItsLayer() throws IOException {
    String conv = "layer 'conv' (Convolution) ";
    String kernel = "kernel_size: 3";
    assertRefused(conv + "has group 2; only 1 is supported", kernel, kernel + " group: 2");
    assertRefused(conv + "has dilation 2; only 1 is supported", kernel, kernel + " dilation: 2");
    assertRefused(conv + "has axis 2; only 1 is supported", kernel, kernel + " axis: 2");
    assertRefused(conv + "has no kernel_size", kernel, "");
    assertRefused(
        conv + "has kernel_size 0, which must be from 1 to 65536", kernel, "kernel_size: 0");
    assertRefused(
        conv + "has pad 4294967295, which must be from 0 to 65536",
        kernel,
        kernel + " pad: 4294967295");
    assertRefused(
        conv + "has both kernel_size and kernel_h or kernel_w", kernel, kernel + " kernel_h: 3");
    assertRefused(
        conv + "has 3 numbers as kernel_size, but images have 2 sides",
        kernel,
        "kernel_size: [3, 3, 3]");
    assertRefused(
        conv + "has num_output 0, which must be from 1 to 65536",
        "num_output: 2 kernel_size: 3",
        kernel);
    assertRefused(
        "layer 'relu' (ReLU) has negative_slope 0.1; only 0 is supported",
        "\"ReLU\"\n  bottom: \"conv\" top: \"conv\"",
        "\"ReLU\"\n bottom: \"conv\" top: \"conv\" relu_param { negative_slope: 0.1 }");
    String pool = "layer 'pool' (Pooling) ";
    assertRefused(pool + "pools stochastically, which is not supported", "AVE", "STOCHASTIC");
    assertRefused(
        pool
            + "cannot be used: padding of a pooling layer may be at most half its kernel (4, 4), but"
            + " is (3, 3)",
        "stride: 1 }",
        "stride: 1 pad: 3 }");
    assertRefused(
        "layer 'pool' (LRN) is not supported; Convolution, ReLU, Pooling, Dropout, InnerProduct,"
            + " Flatten, and Softmax at the end are",
        "Pooling",
        "LRN");
    assertRefused(
        "ends in maps of 2x2 pixels, not in one number for each class; NiN4J classifies whole"
            + " images",
        "kernel_size: 4",
        "kernel_size: 3");
  }

  @Test
  void whatIsNoChainIsNamedWithItsLayer() throws IOException {
    assertRefused(
        "layer 'pool' (Pooling) takes 'conv', but the layer before it gives 'cccp'; networks with"
            + " branches are not supported",
        "bottom: \"cccp\" top: \"pool\"",
        "bottom: \"conv\" top: \"pool\"");
    assertRefused(
        "layer 'pool' (Pooling) takes 'cccp, conv', but the layer before it gives 'cccp'; networks"
            + " with branches are not supported",
        "bottom: \"cccp\" top: \"pool\"",
        "bottom: \"cccp\" bottom: \"conv\" top: \"pool\"");
    assertRefused(
        "layer 'pool' (Pooling) gives 2 blobs; one is supported",
        "top: \"pool\"",
        "top: \"pool\" top: \"mask\"");
    assertRefused(
        "layer 'pool' (Pooling) comes after layer 'relu_cccp' (Softmax), which is supported at the"
            + " end only",
        "name: \"relu_cccp\"\n  type: \"ReLU\"",
        "name: \"relu_cccp\"\n  type: \"Softmax\"");
    assertRefused(
        "layer 'conv' (Convolution) takes 'image', which no input and no supported layer of data"
            + " (Data, ImageData, MemoryData, Input) gives",
        "bottom: \"data\"",
        "bottom: \"image\"");
    assertRefused(
        "does not say the size of input 'data'; add its input_shape, or four input_dim",
        "input_dim: 10",
        "");
    assertRefused(
        "has an input 'data' of 3x6x20000, which cannot be an image",
        "input_dim: 6\nlayer",
        "input_dim: 20000\nlayer");
  }

  @Test
  void weightsThatDoNotFitAreNamedWithLayerAndShapes() throws IOException {
    SmallNet net = new SmallNet(folder);
    List<Array> weights = SmallNet.weights();
    Random random = new Random(1);
    Path file =
        net.write(
            SmallNet.DEPLOY,
            List.of(
                weights.get(0),
                weights.get(1),
                Array.random(random, "cccp", 2, 3, 1, 1),
                weights.get(3)));
    assertRefused(
        file,
        "blob 0 of layer 'cccp' (Convolution) is 2x3x1x1, but the network needs 2x2x1x1; take the"
            + " weights of this network");
    net.write(SmallNet.DEPLOY, weights.subList(0, 2));
    assertRefused(
        file,
        "holds no blobs for layer 'cccp' (Convolution), which needs 2; take the weights of this"
            + " network");
    net.write(SmallNet.DEPLOY, weights.subList(0, 3));
    assertRefused(
        file,
        "holds 1 blobs for layer 'cccp' (Convolution), which needs 2; take the weights of this"
            + " network");
    net.write(
        SmallNet.DEPLOY,
        List.of(new Array("conv", new int[] {2, 3, 3, 3}, new float[53]), weights.get(1)));
    assertRefused(
        file,
        "blob 0 of layer 'conv' (Convolution) has the shape 2x3x3x3, but 53 values; the file is"
            + " damaged, copy it again");
    net.write(
        SmallNet.DEPLOY,
        List.of(new Array("conv", new int[] {1 << 20, 1 << 20, 3, 3}, new float[54])));
    assertRefused(
        file,
        "blob 0 of layer 'conv' (Convolution) has an impossible shape, 1048576x1048576x3x3; the"
            + " file is damaged, copy it again");
  }

  @Test
  void layersOfOneNameCannotShareTheirWeights() throws IOException {
    SmallNet net = new SmallNet(folder);
    CaffeText twice = new CaffeText("small", false).input(3, 6, 6).conv("conv", 2, 3, 1, 0);
    net.write(SmallNet.DEPLOY);
    Files.writeString(
        net.definition(),
        twice.cccp("cccp", 2).cccp("cccp", 2).pool("pool", "AVE", 4, 1).toString());
    assertRefused(
        net.definition(),
        "has two layers 'cccp', which would share their weights; give each its own name");
  }

  @Test
  void theOtherFileIsTheOneOfTheSameNameOrTheOneThatIsNamed() throws IOException {
    SmallNet net = new SmallNet(folder);
    Path weights = net.write(SmallNet.DEPLOY);
    Model model = Models.read(weights, SmallNet.ALL);
    assertEquals(model.network(), Models.read(net.definition(), SmallNet.ALL).network());
    Path moved = Files.move(net.definition(), folder.resolve("deploy.prototxt"));
    assertEquals(model.network(), Models.read(weights, SmallNet.ALL.definition(moved)).network());
    assertEquals(
        moved
            + ": defines a network, but there are no weights deploy.caffemodel beside it; name the"
            + " .caffemodel instead, and this file with --prototxt (ImportOptions.definition in"
            + " Java)",
        assertThrows(InvalidFileException.class, () -> Models.read(moved, SmallNet.ALL))
            .getMessage());
    assertEquals(
        moved + ": it is a definition itself; name the weights instead, or leave out --prototxt",
        assertThrows(
                IllegalArgumentException.class,
                () -> Models.read(moved, SmallNet.ALL.definition(moved)))
            .getMessage());
    // The weights' own network says nothing of its input here.
    assertRefused(
        weights,
        "layer 'conv' (Convolution) takes 'data', which no input and no supported layer of data"
            + " (Data, ImageData, MemoryData, Input) gives");
  }

  @Test
  void whatTheFilesSayIsNotSaidAgain() throws IOException {
    Path file = new SmallNet(folder).write(SmallNet.DEPLOY);
    assertThrows(
        IllegalArgumentException.class,
        () -> Models.read(file, SmallNet.ALL.network(Networks.NIN_CIFAR10.build())));
    assertThrows(
        IllegalArgumentException.class,
        () -> Models.read(file, SmallNet.ALL.tensorNames(Map.of("0.weight", "conv"))));
  }

  @Test
  void weightsOfATrainingMayNameBlobsTwiceAndHaveItsPhase() throws IOException {
    SmallNet net = new SmallNet(folder);
    String split =
        "bottom: \"pool\" top: \"pool_0\" top: \"pool_1\" } layer { name: \"loss\""
            + " type: \"SoftmaxWithLoss\" bottom: \"pool_0\" bottom: \"label\" } layer {"
            + " name: \"silence\" type: \"Silence\" bottom: \"pool_1\" ";
    String training =
        new CaffeText("", false)
            .layer(
                "data",
                "Data",
                null,
                "top: \"data\" top: \"label\" include { phase: TRAIN } transform_param {"
                    + " crop_size: 6 }")
            .raw(
                SmallNet.DEPLOY
                    .substring(SmallNet.DEPLOY.indexOf("layer"))
                    .replaceFirst("layer \\{\n  name: \"prob\"(?s).*", ""))
            .raw("layer { name: \"split\" type: \"Split\" " + split + "}")
            .toString();
    Path weights = net.write(training);
    Files.delete(net.definition());
    Model model = Models.read(weights, SmallNet.ALL);
    assertEquals(2, model.network().classes());
    assertEquals("small.caffemodel", model.network().name());
    assertArrayEquals(SmallNet.weights().get(2).values(), model.weights().values(2));
  }

  @Test
  void layersOfOtherPhasesLevelsAndStagesAreLeftOut() throws IOException {
    String out = " name: \"x\" type: \"LRN\" bottom: \"pool\" top: \"y\" }\n";
    String more =
        "layer { include { phase: TRAIN }"
            + out
            + "layer { exclude { phase: TEST }"
            + out
            + "layer { include { min_level: 1 }"
            + out
            + "layer { include { stage: \"deploy\" }"
            + out
            + "layer { exclude { not_stage: \"deploy\" }"
            + out;
    Path file =
        new SmallNet(folder)
            .write(
                SmallNet.DEPLOY.replace(
                    "layer {\n  name: \"prob\"", more + "layer {\n  name: \"prob\""));
    assertEquals(2, Models.read(file, SmallNet.ALL).network().classes());
  }

  @Test
  void aDescriptionListsLayersAndBlobs() throws IOException {
    SmallNet net = new SmallNet(folder);
    Path file = net.write(SmallNet.DEPLOY);
    FileDescription weights = Models.describe(file);
    assertEquals("Caffe", weights.format());
    assertEquals(Map.of("network", "small"), weights.properties());
    assertEquals(
        List.of("conv[0] F32 2x3x3x3", "conv[1] F32 2", "cccp[0] F32 2x2x1x1", "cccp[1] F32 2"),
        weights.tensors().stream().map(info -> info.name() + " " + info).toList());
    FileDescription definition = Models.describe(net.definition());
    assertEquals(Map.of("network", "small", "input data", "10x3x6x6"), definition.properties());
    assertEquals(List.of(), definition.tensors());
    assertEquals(
        List.of(
            "conv (Convolution): data -> conv",
            "relu (ReLU): conv -> conv",
            "cccp (Convolution): conv -> cccp",
            "relu_cccp (ReLU): cccp -> cccp",
            "pool (Pooling): cccp -> pool",
            "prob (Softmax): pool -> prob"),
        definition.graph());
    assertEquals(definition.graph(), weights.graph());
    CaffeBytes.write(file, net.definition(), Form.DOUBLE, SmallNet.weights());
    assertEquals("F64 2x3x3x3", Models.describe(file).tensors().get(0).toString());
  }

  @Test
  void filesOfOtherKindsAreNamed() throws IOException {
    Path file = new SmallNet(folder).weightsFile();
    Files.write(file, new byte[0]);
    assertRefused(file, "holds no layers; name the file of a whole network");
    Files.write(file, new byte[] {0x12, 4, 0x0A, 2, 0x0A, 0});
    assertRefused(
        file,
        "has layers of Caffe's first form, before 2014; upgrade it with Caffe's"
            + " upgrade_net_proto_text or upgrade_net_proto_binary");
    Files.write(file, new byte[] {0x12, 0, (byte) 0xA2, 6, 0});
    assertRefused(
        file, "has layers of two forms, 'layers' and 'layer'; upgrade it with Caffe's tools");
  }
}
