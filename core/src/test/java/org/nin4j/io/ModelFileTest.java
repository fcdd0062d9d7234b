package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.data.CenterCrop;
import org.nin4j.data.GlobalContrastNormalization;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.ResizeShorterSide;
import org.nin4j.engine.Weights;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class ModelFileTest {
  private static final Network SMALL = network(8, 3, 0.5f);
  private static final List<String> CLASSES = List.of("Bag", "T-shirt/top", "Größe \"M\"");
  private static final Preprocessing PIXELS =
      Preprocessing.unit(1, 8, 8).then(new Normalize(List.of(0.28604f), List.of(0.35302424f)));

  @TempDir Path folder;
  private Path file;

  /** What a valid model file holds, to be damaged by the tests. */
  private Map<String, String> metadata;

  private List<NamedTensor> tensors;

  private static Network network(int size, int kernel, float dropout) {
    Layer block =
        new Sequential(
            new Conv2d(1, 2, kernel), new BatchNorm2d(2), new ReLU(), new Conv2d(2, 3, 1));
    return new Network(
        "small",
        Shape.of(1, 1, size, size),
        new Sequential(block, new Dropout(dropout), new AdaptiveAvgPool2d(1), new Flatten()));
  }

  private static Model model(Network network, Preprocessing preprocessing) {
    Weights weights = Weights.zeros(network);
    Random random = new Random(1);
    for (int i = 0; i < weights.count(); i++) {
      float[] values = weights.values(i);
      for (int k = 0; k < values.length; k++) {
        values[k] = (float) random.nextGaussian();
      }
    }
    return new Model(
        network, weights, CLASSES, preprocessing, Map.of("seed", "1", "accuracy", "0.9012"));
  }

  @BeforeEach
  void writeAValidModel() throws IOException {
    file = folder.resolve("model.safetensors");
    Models.write(file, model(SMALL, PIXELS));
    SafeTensors content = SafeTensors.read(file);
    metadata = new LinkedHashMap<>(content.metadata());
    tensors = new ArrayList<>(content.tensors());
  }

  @Test
  void aModelComesBackWhole() throws IOException {
    Model written = model(SMALL, PIXELS);
    Model read = Models.read(file);
    assertEquals(SMALL, read.network());
    assertTrue(sameBits(written.weights(), read.weights()));
    assertEquals(CLASSES, read.classes());
    assertEquals(PIXELS, read.preprocessing());
    assertEquals("{accuracy=0.9012, seed=1}", read.provenance().toString());
  }

  @Test
  void theFileHoldsPyTorchsNamesAndTheAgreedMetadata() {
    assertEquals(
        List.of(
            "0.0.weight F32 2x1x3x3",
            "0.0.bias F32 2",
            "0.1.weight F32 2",
            "0.1.bias F32 2",
            "0.1.running_mean F32 2",
            "0.1.running_var F32 2",
            "0.3.weight F32 3x2x1x1",
            "0.3.bias F32 3"),
        tensors.stream().map(NamedTensor::toString).toList());
    assertEquals(
        List.of(
            "format",
            "format_version",
            "architecture",
            "classes",
            "preprocessing",
            "accuracy",
            "seed"),
        List.copyOf(metadata.keySet()));
    assertEquals("nin4j", metadata.get("format"));
    assertEquals("1", metadata.get("format_version"));
    assertEquals("[\"Bag\",\"T-shirt/top\",\"Größe \\\"M\\\"\"]", metadata.get("classes"));
    assertEquals(
        "{\"channels\":1,\"steps\":["
            + "{\"type\":\"Resize\",\"height\":8,\"width\":8,\"antialias\":false},"
            + "{\"type\":\"Normalize\",\"mean\":[0.28604],\"std\":[0.35302424]}]}",
        metadata.get("preprocessing"));
  }

  @Test
  void everyFloatOfThePreprocessingSurvives() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      float mean = Float.intBitsToFloat(random.nextInt());
      float std = Math.abs(Float.intBitsToFloat(random.nextInt()));
      if (Float.isFinite(mean) && Float.isFinite(std) && std > 0) {
        Preprocessing written =
            Preprocessing.unit(1, 8, 8).then(new Normalize(List.of(mean), List.of(std)));
        String json = PreprocessingJson.write(written);
        assertEquals(written, PreprocessingJson.read(json, "test"), json);
      }
    }
  }

  @Test
  void everyStepOfThePreprocessingSurvives() {
    Preprocessing written =
        new Preprocessing(
            3,
            List.of(
                new ResizeShorterSide(9, true),
                new CenterCrop(8, 7),
                new GlobalContrastNormalization(0.1),
                new Normalize(List.of(0f, 1f, 2f), List.of(3f, 4f, 5f))));
    String json = PreprocessingJson.write(written);
    assertEquals(
        "{\"channels\":3,\"steps\":["
            + "{\"type\":\"ResizeShorterSide\",\"length\":9,\"antialias\":true},"
            + "{\"type\":\"CenterCrop\",\"height\":8,\"width\":7},"
            + "{\"type\":\"GlobalContrastNormalization\",\"scale\":0.1},"
            + "{\"type\":\"Normalize\",\"mean\":[0.0,1.0,2.0],\"std\":[3.0,4.0,5.0]}]}",
        json);
    assertEquals(written, PreprocessingJson.read(json, "test"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      textBlock =
          """
          format         | -           | does not say its architecture, classes and preprocessing; add --net, --classes, --mean and --std
          format         | pt          | does not say its architecture, classes and preprocessing; add --net, --classes, --mean and --std
          format_version | 2           | has format version '2', and this NiN4J reads version 1
          format_version | -           | metadata 'format_version' are missing; save the model again
          architecture   | -           | metadata 'architecture' are missing; save the model again
          architecture   | {"name":1}  | metadata 'architecture': name must be a text, but is 1; save the model again
          architecture   | [           | metadata 'architecture': not valid JSON at line 1
          classes        | -           | metadata 'classes' are missing; save the model again
          classes        | [           | metadata 'classes': not valid JSON at line 1, column 2
          classes        | {}          | metadata 'classes': classes must be a list of texts, but is an object
          classes        | [1,2,3]     | metadata 'classes': classes[0] must be a text, but is 1
          classes        | ``          | metadata 'classes': it is empty, not classes in JSON
          classes        | ["a","b"]   | there are 2 class names, but network 'small' tells 3 classes apart
          preprocessing  | -           | metadata 'preprocessing' are missing; save the model again
          preprocessing  | 3           | metadata 'preprocessing': preprocessing must be a JSON object, but is 3
          preprocessing  | {} {}       | metadata 'preprocessing': not valid JSON at line 1, column 4: something follows
          preprocessing  | {"size":3}  | metadata 'preprocessing': channels is missing
          preprocessing  | {"channels":1.5} | channels must be a whole number, but is 1.5
          preprocessing  | {"channels":1,"height":8,"width":8} | steps is missing
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":8,"width":8,"antialias":false}],"size":3} | metadata 'preprocessing': size: unknown field 'size'
          preprocessing  | {"channels":1,"steps":[{"type":"Resise"}]} | steps[0].type: unknown preprocessing step 'Resise'; did you mean
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":8,"width":8}]} | steps[0].antialias is missing
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":0,"width":8,"antialias":false}]} | steps[0] cannot be built: the size of Resize must be positive, but is 0x8
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":8,"width":8,"antialias":false,"size":3}]} | steps[0].size: unknown field 'size'
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":8,"width":8,"antialias":false},{"type":"Normalize","mean":0}]} | steps[1].mean must be a list of numbers, but is 0
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":8,"width":8,"antialias":false},{"type":"Normalize","mean":["0"]}]} | steps[1].mean[0] must be a number, but is "0"
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":8,"width":8,"antialias":false},{"type":"Normalize","mean":[1e99]}]} | steps[1].mean[0] must be a number within single precision
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":8,"width":8,"antialias":false},{"type":"Normalize","mean":[0],"std":[0]}]} | steps[1] cannot be built: the std of Normalize must be positive
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":8,"width":8,"antialias":false},{"type":"Normalize","mean":[0,0],"std":[1,1]}]} | Normalize needs one mean and one std for each channel, 1 in all, but has 2
          preprocessing  | {"channels":1,"steps":[]} | preprocessing must begin with Resize or ResizeShorterSide
          preprocessing  | {"channels":1,"steps":[{"type":"Resize","height":9,"width":8,"antialias":false}]} | the preprocessing makes images of 1x9x8, but network 'small' takes 1x1x8x8
          """)
  void metadataThatAreNotThoseOfAModel(String key, String value, String words) throws IOException {
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    assertRefused(words);
  }

  @Test
  void randomCharactersInTheMetadataAreReadOrRefused() {
    Random random = new Random(11);
    List<String> keys = List.copyOf(metadata.keySet());
    String letters = "0123456789,.:-\"[]{}eE\\ab";
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      Map<String, String> changed = new LinkedHashMap<>(metadata);
      String key = keys.get(random.nextInt(keys.size()));
      StringBuilder value = new StringBuilder(metadata.get(key));
      for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
        int index = random.nextInt(value.length());
        value.setCharAt(index, letters.charAt(random.nextInt(letters.length())));
      }
      changed.put(key, value.toString());
      try {
        ModelFile.model(
            new ReadTensors(
                file, changed, tensors.stream().map(NamedTensor::info).toList(), tensors));
      } catch (IOException e) {
        refused++;
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
      }
    }
    assertTrue(refused > 500, "refused: " + refused);
  }

  @Test
  void anArchitectureTooLargeForAnyMemoryIsRefusedByItsShapes() throws IOException {
    metadata.put(
        "architecture",
        metadata
            .get("architecture")
            .replace("\"out_channels\": 3,", "\"out_channels\": 1000000000,"));
    assertRefused(
        "tensor '0.3.weight' must be 1000000000x2x1x1 for its architecture, but is 3x2x1x1");
  }

  @Test
  void aMissingTensor() throws IOException {
    tensors.remove(7);
    assertRefused("tensor '0.3.bias' (3) of its architecture is missing");
  }

  @Test
  void anExtraTensor() throws IOException {
    tensors.add(new NamedTensor("9.weight", List.of(1L, 2L), new float[2]));
    assertRefused("holds a tensor '9.weight' (1x2) that its architecture does not have");
  }

  @Test
  void countersOfPyTorchAreIgnored() throws IOException {
    tensors.add(new NamedTensor("0.1.num_batches_tracked", List.of(), new float[1]));
    SafeTensors.write(file, metadata, tensors);
    assertEquals(SMALL, Models.read(file).network());
  }

  @Test
  void aMisshapenTensor() throws IOException {
    tensors.set(6, new NamedTensor("0.3.weight", List.of(2L, 3L, 1L, 1L), new float[6]));
    assertRefused("tensor '0.3.weight' must be 3x2x1x1 for its architecture, but is 2x3x1x1");
  }

  @Test
  void aTensorOfAnotherType() throws IOException {
    String header = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    header = header.substring(8, header.indexOf("}}") + 2);
    header = header.replaceFirst("\"nin4j.sha256\":\"[0-9a-f]{64}\",", "");
    header =
        header.replaceFirst(
            "(\"0.3.bias\":\\{\"dtype\":\")F32(\".*data_offsets\":\\[[0-9]+,)[0-9]+",
            "$1BF16$2" + dataBytes(6));
    HandMadeFile.write(folder, HandMadeFile.bytes(header, new byte[dataBytes(6)]));
    String message =
        assertThrows(IOException.class, () -> Models.read(folder.resolve("made.safetensors")))
            .getMessage();
    assertTrue(message.contains("tensor '0.3.bias' is BF16; only F32 can be used here"), message);
  }

  /** Bytes of all tensors when the last has the given number. */
  private int dataBytes(int last) {
    int bytes = last;
    for (NamedTensor tensor : tensors.subList(0, tensors.size() - 1)) {
      bytes += 4 * tensor.values().length;
    }
    return bytes;
  }

  @Test
  void partsThatDoNotFitMakeNoModel() {
    Model valid = model(SMALL, PIXELS);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Model(SMALL, Weights.zeros(network(8, 5, 0)), CLASSES, PIXELS, Map.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Model(SMALL, valid.weights(), CLASSES, PIXELS, Map.of("classes", "x")));
  }

  private void assertRefused(String words) throws IOException {
    SafeTensors.write(file, metadata, tensors);
    String message = assertThrows(IOException.class, () -> Models.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains(words), message);
    assertFalse(message.contains("\n"), message);
  }
}
