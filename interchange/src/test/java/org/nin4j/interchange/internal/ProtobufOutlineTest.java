package org.nin4j.interchange.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;

class ProtobufOutlineTest {
  private static final FieldDescriptor RAW =
      TensorProto.getDescriptor().findFieldByNumber(TensorProto.RAW_DATA_FIELD_NUMBER);
  private static final FieldDescriptor FLOATS =
      TensorProto.getDescriptor().findFieldByNumber(TensorProto.FLOAT_DATA_FIELD_NUMBER);

  @TempDir Path folder;

  @Test
  void aMessageComesBackWithoutItsLargeFields() throws IOException {
    ModelProto small = model(TensorProto.newBuilder().setName("w").addDims(3).addDims(300).build());
    byte[] raw = {1, 2, 3, 4};
    ModelProto large =
        model(
            small.getGraph().getInitializer(0).toBuilder()
                .setRawData(ByteString.copyFrom(raw))
                .build());
    Path file = write(large.toByteArray());
    ModelProto read = read(file);
    TensorProto tensor = read.getGraph().getInitializer(0);
    List<FileRange> ranges = ProtobufOutline.ranges(tensor, RAW);
    assertEquals(1, ranges.size());
    FileRange range = ranges.get(0);
    byte[] all = Files.readAllBytes(file);
    int from = (int) range.offset();
    assertEquals(ByteString.copyFrom(raw), ByteString.copyFrom(all, from, (int) range.length()));
    assertEquals(List.of(), ProtobufOutline.ranges(tensor, FLOATS));
    assertEquals(
        small,
        model(tensor.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance()).build()));
  }

  @Test
  void packedNumbersInPartsAreFoundInTheirOrder() throws IOException {
    TensorProto first = TensorProto.newBuilder().addFloatData(1).addFloatData(2).build();
    TensorProto second = TensorProto.newBuilder().addFloatData(3).build();
    byte[] both = concat(first.toByteArray(), second.toByteArray());
    Path file = write(both);
    TensorProto read = ProtobufOutline.read(file, TensorProto.getDefaultInstance(), Set.of(FLOATS));
    assertEquals(
        List.of(new FileRange(2, 8), new FileRange(12, 4)), ProtobufOutline.ranges(read, FLOATS));
    ByteBuffer numbers = ByteBuffer.wrap(both).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(3, numbers.getFloat(12));
  }

  @Test
  void fieldsThatTheTypeDoesNotKnowAreLeftOutAndCannotPassForRanges() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray((1 << 20) + TensorProto.RAW_DATA_FIELD_NUMBER, new byte[12]);
    out.writeInt32(3000, 5);
    out.writeFixed32(3001, 5);
    out.writeFixed64(3002, 5);
    out.writeString(TensorProto.NAME_FIELD_NUMBER, "w");
    out.flush();
    TensorProto read =
        ProtobufOutline.read(
            write(bytes.toByteArray()), TensorProto.getDefaultInstance(), Set.of(RAW));
    assertEquals(TensorProto.newBuilder().setName("w").build(), read);
    assertEquals(List.of(), ProtobufOutline.ranges(read, RAW));
  }

  @Test
  void aMillionNodesAreTooMany() throws IOException {
    byte[] node = {10, 0}; // an empty node
    byte[] nodes = new byte[2_000_000];
    for (int i = 0; i < nodes.length; i += 2) {
      nodes[i] = node[0];
    }
    byte[] head = head(ModelProto.GRAPH_FIELD_NUMBER, nodes.length);
    assertRefused(
        concat(head, nodes),
        "has more than 200000 fields without the values of its tensors (at byte 400002), which no"
            + " model needs");
  }

  @Test
  void messagesAreNestedNoDeeperThanModels() throws IOException {
    byte[] graph = {};
    for (int i = 0; i < 2000; i++) {
      byte[] attribute = concat(head(AttributeProto.G_FIELD_NUMBER, graph.length), graph);
      byte[] node = concat(head(NodeProto.ATTRIBUTE_FIELD_NUMBER, attribute.length), attribute);
      graph = concat(head(GraphProto.NODE_FIELD_NUMBER, node.length), node);
    }
    assertRefused(
        concat(head(ModelProto.GRAPH_FIELD_NUMBER, graph.length), graph),
        "messages are nested more than 32 deep (at byte ");
  }

  @Test
  void lengthsBeyondTheFileAreRefusedWithoutAnArrayOfThatLength() throws IOException {
    assertRefused(
        head(ModelProto.PRODUCER_NAME_FIELD_NUMBER, Integer.MAX_VALUE),
        "ModelProto.producer_name at byte 0 has a length of 2147483647, but only 0 bytes are left;"
            + " the file is damaged, copy or write it again");
    assertRefused(
        head(ModelProto.GRAPH_FIELD_NUMBER, -1),
        "ModelProto.graph at byte 0 has a length of 4294967295, but only 0 bytes are left");
    assertRefused(head(4000, 7), "an unknown field of ModelProto at byte 0 has a length of 7");
  }

  @Test
  void textsAreNoLongerThanAMegabyteAndEightMegabytesInAll() throws IOException {
    byte[] text = new byte[(1 << 20) + 1];
    assertRefused(
        concat(head(ModelProto.PRODUCER_NAME_FIELD_NUMBER, text.length), text),
        "ModelProto.producer_name at byte 0 has 1048577 bytes, and at most 1048576 are read");
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 9; i++) {
      many.writeBytes(head(ModelProto.DOC_STRING_FIELD_NUMBER, 1 << 20));
      many.writeBytes(new byte[1 << 20]);
    }
    assertRefused(many.toByteArray(), "has more than 8 MiB without its tensors (at byte ");
  }

  @Test
  void tagsThatBeginNoFieldAreRefused() throws IOException {
    String damaged = "; the file is damaged, copy or write it again";
    assertRefused(
        new byte[] {0x0b},
        "ModelProto.ir_version at byte 0 is of wire type 3, not its own" + damaged);
    assertRefused(
        new byte[] {(byte) 0xf3, 0x7f},
        "byte 0 in ModelProto begins no field (wire type 3)" + damaged);
    assertRefused(new byte[] {0x0f}, "ModelProto.ir_version at byte 0 is of wire type 7");
    assertRefused(new byte[] {0x00}, "the field of ModelProto at byte 0 is cut off or damaged");
    assertRefused(new byte[] {0x08}, "the field of ModelProto at byte 0 is cut off or damaged");
  }

  @Test
  void aTensorOfAGigabyteIsSkippedNotRead() throws IOException {
    int size = 1 << 30;
    byte[] tensorHead = head(TensorProto.RAW_DATA_FIELD_NUMBER, size);
    byte[] graphHead = head(GraphProto.INITIALIZER_FIELD_NUMBER, tensorHead.length + size);
    byte[] modelHead =
        head(ModelProto.GRAPH_FIELD_NUMBER, graphHead.length + tensorHead.length + size);
    byte[] heads = concat(concat(modelHead, graphHead), tensorHead);
    Path file = folder.resolve("sparse.onnx");
    Files.write(file, heads);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
      channel.position(heads.length + (long) size - 1).write(ByteBuffer.wrap(new byte[1]));
    }
    long start = System.nanoTime();
    ModelProto model = read(file);
    assertEquals(
        List.of(new FileRange(heads.length, size)),
        ProtobufOutline.ranges(model.getGraph().getInitializer(0), RAW));
    assertTrue(System.nanoTime() - start < 200_000_000, "it was read");
  }

  private static ModelProto model(TensorProto tensor) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("test")
        .setGraph(
            GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("y"))
                .addInitializer(tensor))
        .build();
  }

  private void assertRefused(byte[] content, String sentence) throws IOException {
    Path file = write(content);
    InvalidFileException refusal =
        assertThrows(InvalidFileException.class, () -> read(file), sentence);
    assertTrue(refusal.getMessage().startsWith(file + ": " + sentence), () -> refusal.getMessage());
    assertTrue(refusal.offset().isPresent());
  }

  private static ModelProto read(Path file) throws IOException {
    return ProtobufOutline.read(file, ModelProto.getDefaultInstance(), Set.of(RAW, FLOATS));
  }

  private Path write(byte[] content) throws IOException {
    Path file = folder.resolve("model.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(content);
    }
    return file;
  }

  /** Tag and length of a field. */
  private static byte[] head(int field, int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeTag(field, 2);
    out.writeUInt32NoTag(length);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
