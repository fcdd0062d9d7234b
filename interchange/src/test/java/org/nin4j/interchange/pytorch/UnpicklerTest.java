package org.nin4j.interchange.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.interchange.pytorch.PickleValue.Dict;
import org.nin4j.interchange.pytorch.PickleValue.Items;
import org.nin4j.interchange.pytorch.PickleValue.Tensor;
import org.nin4j.io.Dtype;

class UnpicklerTest {
  private static PickleValue read(PickleBytes pickle) throws PickleException {
    return new Unpickler(new PickleInput(pickle.bytes())).read();
  }

  private static void refused(PickleBytes pickle, String words) {
    PickleException e = assertThrows(PickleException.class, () -> read(pickle));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  /** The values of a container, each in a few words. */
  private static String summaries(PickleValue value) {
    if (value instanceof Dict dict) {
      return dict.entries().stream()
          .map(entry -> entry.key().summary() + ": " + entry.value().summary())
          .collect(Collectors.joining(", "));
    }
    return value instanceof Items items
        ? items.items().stream().map(PickleValue::summary).collect(Collectors.joining(", "))
        : value.summary();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          4e                               | None
          88                               | True
          89                               | False
          4b ff                            | 255
          4d ff ff                         | 65535
          4a fe ff ff ff                   | -2
          8a 00                            | 0
          8a 01 ff                         | -1
          8a 02 ff 00                      | 255
          8a 08 00 00 00 00 00 00 00 80    | -9223372036854775808
          8b 02 00 00 00 00 80             | -32768
          8a 09 00 00 00 00 00 00 00 80 00 | a number of 9 bytes
          47 3f f8 00 00 00 00 00 00       | 1.5
          58 02 00 00 00 c3 a9             | 'é'
          8c 01 61                         | 'a'
          8d 01 00 00 00 00 00 00 00 61    | 'a'
          43 02 00 00                      | 2 bytes
          42 01 00 00 00 00                | 1 bytes
          8e 01 00 00 00 00 00 00 00 00    | 1 bytes
          96 00 00 00 00 00 00 00 00       | 0 bytes
          29                               | tuple of 0
          4e 85                            | tuple of 1
          4e 4e 86                         | tuple of 2
          4e 4e 4e 87                      | tuple of 3
          28 4e 4e 4e 4e 74                | tuple of 4
          5d 4e 61                         | list of 1
          5d 28 4e 4e 65                   | list of 2
          28 4e 6c                         | list of 1
          8f 28 4e 90                      | set of 1
          28 4e 4e 91                      | set of 2
          7d 4e 4e 73                      | dict of 1
          7d 28 4e 4e 4e 4e 75             | dict of 2
          28 4e 4e 64                      | dict of 1
          4b 01 4b 02 30                   | 1
          4b 01 28 4e 4e 31                | 1
          4b 01 28 30                      | 1
          4b 01 32 86                      | tuple of 2
          4b 07 71 09 30 68 09             | 7
          4b 07 72 00 00 01 00 30 6a 00 00 01 00 | 7
          4b 07 94 30 68 00                | 7
          95 02 00 00 00 00 00 00 00 4e    | None
          """)
  void plainValues(String opcodes, String summary) throws PickleException {
    assertEquals(summary, read(new PickleBytes().hex("80 05").hex(opcodes).ascii(".")).summary());
  }

  @Test
  void aDictKeepsItsOrderAndDropsItsAttributes() throws PickleException {
    PickleValue value =
        read(
            PickleBytes.start()
                .global("collections", "OrderedDict")
                .ascii(")R(")
                .text("b")
                .number(1)
                .text("a")
                .number(2)
                .ascii("u}")
                .text("_metadata")
                .ascii("}sb."));
    assertEquals("'b': 1, 'a': 2", summaries(value));
  }

  @Test
  void aTensorIsAViewIntoAStorage() throws PickleException {
    PickleBytes pickle = PickleBytes.start();
    pickle.tensor("HalfStorage", "7", 12, 2, new long[] {2, 3}, new long[] {1, 2}).ascii(".");
    Tensor tensor = assertInstanceOf(Tensor.class, read(pickle));
    assertEquals(Dtype.F16, tensor.storage().dtype());
    assertEquals("7", tensor.storage().key());
    assertEquals(12, tensor.storage().elements());
    assertEquals(2, tensor.offset());
    assertEquals(List.of(2L, 3L), tensor.dims());
    assertEquals(List.of(1L, 2L), tensor.strides());
  }

  @Test
  void aParameterIsItsTensor() throws PickleException {
    PickleBytes pickle =
        PickleBytes.start()
            .global("torch._utils", "_rebuild_parameter")
            .ascii("(")
            .vector("FloatStorage", "0", 3)
            .hex("88")
            .global("collections", "OrderedDict")
            .ascii(")RtR.");
    assertInstanceOf(Tensor.class, read(pickle));
  }

  @Test
  void whatCheckpointsHoldBesidesIsNotLookedInto() throws PickleException {
    PickleBytes pickle = PickleBytes.start().ascii("(");
    pickle.global("torch", "Size").tuple(1, 2).hex("85").ascii("R");
    pickle.global("torch", "device").text("cpu").hex("85").ascii("R");
    pickle.global("torch", "float32");
    pickle.global("collections", "Counter").ascii("}").hex("85").ascii("Rt.");
    assertEquals(
        "torch.Size, torch.device, torch.float32, collections.Counter", summaries(read(pickle)));
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "posix, system",
    "nt, system",
    "builtins, eval",
    "builtins, getattr",
    "__builtin__, eval",
    "subprocess, Popen",
    "torch._utils, _rebuild_device_tensor_from_numpy",
    "torch._utils, _rebuild_tensor_v3",
    "torch.storage, _load_from_bytes",
    "torch, load",
    "torch, FloatStorage.from_file",
    "numpy.core.multiarray, scalar",
    "argparse, Namespace",
    "collections, defaultdict",
    "org.nin4j.io.Models, read",
    "java.lang.Runtime, getRuntime"
  })
  void anyOtherNameIsRefusedByItsName(String module, String name) {
    String words = "names Python's '" + module + "." + name + "', and only tensors and plain";
    refused(PickleBytes.start().global(module, name).text("x").hex("85").ascii("R."), words);
    refused(PickleBytes.start().global(module, name).ascii("."), words);
    refused(PickleBytes.start().text(module).text(name).hex("93").ascii("."), words);
  }

  @ParameterizedTest
  @CsvSource({"torch.nn.modules.container, Sequential", "__main__, Net"})
  void aWholeNetworkIsToldApart(String module, String name) {
    PickleBytes pickle = PickleBytes.start().global(module, name).ascii(".");
    refused(pickle, "holds a whole network as Python code ('" + module + "." + name + "')");
    PickleException e = assertThrows(PickleException.class, () -> read(pickle));
    assertTrue(e.remedy().contains("torch.save(model.state_dict(), \"weights.pt\")"), e.remedy());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4e 4e                   | ends with 2 values on its stack
          28 4e                   | ends with
          4e 2e 4e                | goes on after its end
          30                      | takes a value from an empty stack
          4e 28 61                | takes a value from an empty stack
          4e 85 86                | takes a value from an empty stack
          74                      | goes back to a mark that was not made
          31                      | goes back to a mark that was not made
          68 00                   | recalls a value 0 that it has not memorized
          4e 71 00 68 01          | recalls a value 1 that it has not memorized
          6a ff ff ff ff          | recalls a value 4294967295 that it has not memorized
          71 00                   | takes a value from an empty stack
          29 4e 61                | appends to what is no list
          7d 4e 61                | appends to what is no list
          5d 4e 4e 73             | puts keys and values into what is no dict
          7d 28 4e 75             | or not in pairs
          4e 29 52                | calls None
          5d 4e 62                | sets attributes of list of 0
          7d 4e 62                | sets attributes of dict of 0
          4e 51                   | has a persistent id that is not of a storage
          4b 01 4b 01 93          | names something by what is no text
          69                      | uses the opcode 0x69, which is not supported
          81                      | uses the opcode 0x81, which is not supported
          49 31 0a                | uses the opcode 0x49, which is not supported
          95 ff ff ff ff ff ff ff ff | has a frame that goes beyond its end
          58 ff ff ff ff          | needs 4294967295 bytes where 1 are left
          8d ff ff ff ff ff ff ff ff | needs 18446744073709551615 bytes where 1 are left
          8e 00 00 00 00 00 00 00 80 | needs 9223372036854775808 bytes where 1 are left
          42 ff ff ff 7f          | needs 2147483647 bytes where 1 are left
          8b ff ff ff ff          | needs 4294967295 bytes where 1 are left
          58 01 00 00 00 ff       | holds a text that is not UTF-8
          63 61 0a 62             | ends within a name
          """)
  void whatNoProgramWrites(String opcodes, String words) {
    refused(PickleBytes.start().hex(opcodes).ascii("."), words);
  }

  @Test
  void whatIsNoPickleOfAKnownProtocol() {
    refused(new PickleBytes(), "needs 1 bytes where 0 are left");
    refused(new PickleBytes().ascii("}."), "does not begin as a pickle");
    refused(new PickleBytes().hex("80 01").ascii("N."), "is a pickle of protocol 1");
    refused(new PickleBytes().hex("80 06").ascii("N."), "is a pickle of protocol 6");
    refused(PickleBytes.start().ascii("."), "ends with 0 values on its stack");
    refused(PickleBytes.start().ascii("N"), "needs 1 bytes where 0 are left");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          torch._utils | _rebuild_tensor_v2 | calls torch._utils._rebuild_tensor_v2 with 0 arguments
          torch._utils | _rebuild_parameter | calls torch._utils._rebuild_parameter with 0 arguments
          torch        | Size               | calls torch.Size with 0 arguments
          torch        | FloatStorage       | calls storage type F32
          torch        | float32            | calls torch.float32
          """)
  void aCallThatDoesNotFit(String module, String name, String words) {
    refused(PickleBytes.start().global(module, name).ascii(")R."), words);
  }

  @Test
  void aTensorOfWhatIsNone() {
    PickleBytes none = PickleBytes.start().global("torch._utils", "_rebuild_tensor");
    refused(none.ascii("(NNNNtR."), "makes a tensor of what is no storage");
    PickleBytes size = PickleBytes.start().global("torch._utils", "_rebuild_tensor").ascii("(");
    refused(
        size.storage("FloatStorage", "0", 1).ascii("K\0]]tR."), "whose size or stride is no tuple");
    refused(PickleBytes.start().storage("FloatStorage", "0", -1), "holds a storage of -1 elements");
  }

  /** 2^40 leaves, were they counted: ten lists of the one before, over and over. */
  @Test
  void aMemoBombCostsNoMoreThanItsOpcodes() throws PickleException {
    PickleBytes bomb = PickleBytes.start().ascii("]q\0");
    for (int i = 0; i < 200; i++) {
      bomb.ascii("0](").ascii("h\0".repeat(10)).ascii("eq\0");
    }
    assertEquals("list of 10", read(bomb.ascii(".")).summary());
  }

  @Test
  void aListMayContainItself() throws PickleException {
    Items list = (Items) read(PickleBytes.start().ascii("]q\0h\0a."));
    assertSame(list, list.items().get(0));
  }

  @Test
  void nestingIsNoDeeperForJava() throws PickleException {
    int depth = 400_000;
    PickleValue value =
        read(PickleBytes.start().ascii("]".repeat(depth)).ascii("a".repeat(depth - 1)).ascii("."));
    assertEquals("list of 1", value.summary());
    refused(
        PickleBytes.start().ascii("(".repeat(depth)).ascii("."), "ends with 0 values on its stack");
  }

  @Test
  void theNumberOfOpcodesIsBounded() {
    refused(
        PickleBytes.start().ascii("]".repeat(Unpickler.MOST_OPCODES)).ascii("."),
        "has more than 1000000 opcodes");
    refused(
        PickleBytes.start().ascii("}").hex("94".repeat(Unpickler.MOST_OPCODES)).ascii("."),
        "has more than 1000000 opcodes");
  }

  @Test
  void aLongTextIsRefused() {
    refused(
        PickleBytes.start().text("é".repeat(600_000)).ascii("."),
        "holds a text of 1200000 bytes, and at most 1048576 are read");
  }
}
