package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class TensorMatchingTest {
  private static final Path FILE = Path.of("other.safetensors");
  private static final String REMEDY =
      "; check --net, the number of --classes and the channels of --mean, or assign the tensors with"
          + " --map (in Java: ImportOptions.network and tensorNames)";

  /** Its parameters are 0.0.weight, 0.0.bias, 0.2.weight and 0.2.bias. */
  private static final Network NETWORK =
      new Network(
          "two",
          Shape.of(1, 1, 4, 4),
          new Sequential(
              new Sequential(new Conv2d(1, 2, 3), new ReLU(), new Conv2d(2, 2, 1)),
              new AdaptiveAvgPool2d(1),
              new Flatten()));

  private final List<NamedTensor> tensors = new ArrayList<>();

  /** Adds a tensor whose values are all its number, from 1. */
  private void add(String name, long... dims) {
    long elements = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    float[] values = new float[(int) elements];
    Arrays.fill(values, tensors.size() + 1);
    tensors.add(new NamedTensor(name, Arrays.stream(dims).boxed().toList(), values));
  }

  private void addAll(String weight1, String bias1, String weight2, String bias2) {
    add(weight1, 2, 1, 3, 3);
    add(bias1, 2);
    add(weight2, 2, 2, 1, 1);
    add(bias2, 2);
  }

  private TensorSource source() {
    return new ReadTensors(
        FILE, Map.of(), tensors.stream().map(NamedTensor::info).toList(), tensors);
  }

  /** Asserts how tensors were assigned, and the numbers of those of NETWORK's parameters. */
  private void assertAssigned(String how, Map<String, String> map, int... numbers)
      throws IOException {
    TensorMatching matching = TensorMatching.of(source(), NETWORK, map);
    assertEquals(how, matching.how());
    Weights weights = matching.read(source());
    for (int i = 0; i < numbers.length; i++) {
      float[] expected = new float[weights.values(i).length];
      Arrays.fill(expected, numbers[i]);
      assertArrayEquals(expected, weights.values(i), NETWORK.parameters().get(i).name());
    }
  }

  private void assertRefused(
      Class<? extends Exception> type, Map<String, String> map, String sentence) {
    Exception e =
        assertThrows(type, () -> TensorMatching.of(source(), NETWORK, map), tensors.toString());
    assertEquals(FILE + ": " + sentence, e.getMessage());
  }

  @Test
  void equalNamesAreAssignedWhateverTheirOrder() throws IOException {
    add("0.2.bias", 2);
    add("0.0.bias", 2);
    add("0.2.weight", 2, 2, 1, 1);
    add("0.0.weight", 2, 1, 3, 3);
    assertAssigned("by name", Map.of(), 4, 2, 3, 1);
  }

  @Test
  void aPrefixThatAllTensorsShareIsIgnored() throws IOException {
    add("module.net.0.2.bias", 2);
    add("module.net.0.0.bias", 2);
    add("module.net.0.2.weight", 2, 2, 1, 1);
    add("module.net.0.0.weight", 2, 1, 3, 3);
    assertAssigned("by name, after the prefix 'module.net.'", Map.of(), 4, 2, 3, 1);
  }

  @Test
  void aFlatNetworkIsAssignedToANestedOneByOrder() throws IOException {
    addAll("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias");
    assertAssigned("in the order of the file", Map.of(), 1, 2, 3, 4);
  }

  /** Nobody can tell from a file which is which; the order is all there is. */
  @Test
  void tensorsOfEqualShapeAreTakenInTheOrderOfTheFile() throws IOException {
    addAll("a.weight", "second.bias", "b.weight", "first.bias");
    assertAssigned("in the order of the file", Map.of(), 1, 2, 3, 4);
  }

  @Test
  void countersAreIgnored() throws IOException {
    addAll("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias");
    List<TensorInfo> infos = new ArrayList<>(tensors.stream().map(NamedTensor::info).toList());
    infos.add(1, new TensorInfo("bn1.num_batches_tracked", Dtype.I64, List.of()));
    TensorSource source = new ReadTensors(FILE, Map.of(), infos, tensors);
    TensorMatching matching = TensorMatching.of(source, NETWORK, Map.of());
    assertEquals(
        List.of("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"),
        List.copyOf(matching.names().values()));
  }

  @Test
  void theUserMayAssignAllTensorsAndLeaveOthersOut() throws IOException {
    addAll("w1", "b1", "w2", "b2");
    add("auxiliary", 7);
    Map<String, String> map =
        Map.of("0.0.weight", "w1", "0.0.bias", "b2", "0.2.weight", "w2", "0.2.bias", "b1");
    assertAssigned("by the mapping", map, 1, 4, 3, 2);
  }

  @Test
  void theUserMayAssignSomeTensorsAndHaveTheOthersFoundByName() throws IOException {
    addAll("net.0.0.weight", "net.shift", "net.0.2.weight", "net.0.2.bias");
    assertAssigned("by the mapping", Map.of("0.0.bias", "net.shift"), 1, 2, 3, 4);
  }

  @Test
  void aTensorThatTheUserGivesAwayIsNotFoundByNameAgain() {
    addAll("0.0.weight", "0.0.bias", "0.2.weight", "0.2.bias");
    assertRefused(
        InvalidFileException.class,
        Map.of("0.0.bias", "0.2.bias"),
        "has no tensor of its own for parameter '0.2.bias' of network 'two'; name one with --map"
            + " (in Java: ImportOptions.tensorNames)");
  }

  @Test
  void aMappingThatLeavesSomethingUnsaidMayNotLeaveTensorsOver() {
    addAll("0.0.weight", "shift", "0.2.weight", "0.2.bias");
    add("auxiliary", 7);
    assertRefused(
        InvalidFileException.class,
        Map.of("0.0.bias", "shift"),
        "holds a tensor 'auxiliary' (F32 7) that network 'two' does not have" + REMEDY);
  }

  @Test
  void aMappingMayOnlyNameWhatIsThere() {
    addAll("w1", "b1", "w2", "b2");
    String option = "--map (in Java: ImportOptions.tensorNames): ";
    assertRefused(
        IllegalArgumentException.class,
        Map.of("0.0.weigth", "w1"),
        option
            + "unknown parameter of network 'two' '0.0.weigth'; did you mean '0.0.weight'? (one of:"
            + " 0.0.weight, 0.0.bias, 0.2.weight, 0.2.bias)");
    assertRefused(
        IllegalArgumentException.class,
        Map.of("0.0.weight", "w3"),
        option
            + "parameter '0.0.weight' cannot be tensor 'w3', which the file does not have; 'nin"
            + " inspect' lists its tensors");
    Map<String, String> twice = new LinkedHashMap<>();
    twice.put("0.0.bias", "b1");
    twice.put("0.2.bias", "b1");
    assertRefused(
        IllegalArgumentException.class,
        twice,
        option + "tensor 'b1' cannot be both '0.0.bias' and '0.2.bias'");
  }

  @Test
  void anotherNumberOfTensorsWithOtherNamesIsRefused() {
    addAll("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias");
    tensors.remove(3);
    assertRefused(
        InvalidFileException.class,
        Map.of(),
        "holds 3 tensors, but network 'two' has 4 parameters and other names for them" + REMEDY);
    tensors.clear();
    add("only", 2);
    assertRefused(
        InvalidFileException.class,
        Map.of(),
        "holds 1 tensor, but network 'two' has 4 parameters and other names for them" + REMEDY);
  }

  @Test
  void aTensorThatIsLeftOverIsRefused() {
    addAll("0.0.weight", "0.0.bias", "0.2.weight", "0.2.bias");
    add("0.4.weight", 5, 2);
    assertRefused(
        InvalidFileException.class,
        Map.of(),
        "holds a tensor '0.4.weight' (F32 5x2) that network 'two' does not have" + REMEDY);
    add("0.4.bias", 5);
    assertRefused(
        InvalidFileException.class,
        Map.of(),
        "holds a tensor '0.4.weight' (F32 5x2) and 1 more that network 'two' does not have"
            + REMEDY);
  }

  @Test
  void anotherShapeIsRefusedHoweverTheTensorWasFound() {
    add("conv1.weight", 2, 3, 3, 1);
    add("conv1.bias", 2);
    add("conv2.weight", 2, 2, 1, 1);
    add("conv2.bias", 2);
    assertRefused(
        InvalidFileException.class,
        Map.of(),
        "tensor 'conv1.weight' is 2x3x3x1, but parameter '0.0.weight' of network 'two' is 2x1x3x3"
            + REMEDY);
    tensors.clear();
    add("0.0.weight", 2, 1, 3, 3);
    add("0.0.bias", 2);
    add("0.2.weight", 2, 2);
    add("0.2.bias", 2);
    assertRefused(
        InvalidFileException.class,
        Map.of(),
        "tensor '0.2.weight' is 2x2, but parameter '0.2.weight' of network 'two' is 2x2x1x1"
            + REMEDY);
  }

  @Test
  void integersAreNoWeights() {
    addAll("0.0.weight", "0.0.bias", "0.2.weight", "0.2.bias");
    for (Dtype integers : List.of(Dtype.I8, Dtype.U8, Dtype.I64)) {
      List<TensorInfo> infos = new ArrayList<>(tensors.stream().map(NamedTensor::info).toList());
      infos.set(1, new TensorInfo("0.0.bias", integers, List.of(2L)));
      TensorSource source = new ReadTensors(FILE, Map.of(), infos, tensors);
      IOException e =
          assertThrows(
              InvalidFileException.class, () -> TensorMatching.of(source, NETWORK, Map.of()));
      assertEquals(
          FILE
              + ": tensor '0.0.bias' is "
              + integers
              + " 2, but weights are F64, F32, F16 or BF16; save them as one of these",
          e.getMessage());
    }
  }

  @Test
  void buffersOfBatchNormalizationAreAssignedLikeParameters() throws IOException {
    Network normalized =
        new Network(
            "normalized",
            Shape.of(1, 1, 4, 4),
            new Sequential(
                new Conv2d(1, 2, 3), new BatchNorm2d(2), new AdaptiveAvgPool2d(1), new Flatten()));
    add("features.conv.weight", 2, 1, 3, 3);
    add("features.conv.bias", 2);
    add("features.bn.weight", 2);
    add("features.bn.bias", 2);
    add("features.bn.running_mean", 2);
    add("features.bn.running_var", 2);
    Weights weights = TensorMatching.of(source(), normalized, Map.of()).read(source());
    assertArrayEquals(new float[] {5, 5}, weights.values("1.running_mean"));
    assertArrayEquals(new float[] {6, 6}, weights.values("1.running_var"));
  }
}
