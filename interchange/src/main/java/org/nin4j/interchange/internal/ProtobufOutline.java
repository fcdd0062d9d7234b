package org.nin4j.interchange.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/**
 * Reads a protobuf message from a file without the values of its tensors. The file's wire format is
 * walked first, with seeks over what is left out, and its size is bounded; only then is the rest, a
 * few kilobytes, parsed. Where the values lie is kept in the parsed message, see {@link #ranges}.
 *
 * <p>Fields that the message type does not know are left out.
 */
public final class ProtobufOutline {
  /** Fields in all, those within other messages included. */
  static final int MOST_FIELDS = 200_000;

  /** A subgraph in ONNX is three messages deep. */
  static final int DEEPEST = 32;

  static final int LONGEST_TEXT = 1 << 20;

  /** Bytes without what is left out. */
  static final int LARGEST = 8 << 20;

  /** Added to the number of a field that is left out. Numbers of real fields are lower. */
  private static final int LEFT_OUT = 1 << 20;

  private static final int RANGE_BYTES = Long.BYTES + Integer.BYTES;

  private final Path file;
  private final CodedInputStream in;
  private final Set<FieldDescriptor> large;
  private final WireBuffer copy = new WireBuffer();
  private int fields;

  private ProtobufOutline(Path file, CodedInputStream in, Set<FieldDescriptor> large) {
    this.file = file;
    this.in = in;
    this.large = large;
  }

  /**
   * Reads a message.
   *
   * @param <M> the type of the message
   * @param file a regular file
   * @param prototype any message of the type, such as its default instance
   * @param large fields of bytes, or of packed numbers, that are to be left in the file
   * @return the message without its large fields
   * @throws InvalidFileException when the file is damaged, or larger without its large fields than
   *     any model; with the offset
   * @throws IOException when the file is missing or cannot be read
   */
  @SuppressWarnings("unchecked") // a message's parser makes messages of its type
  public static <M extends Message> M read(Path file, M prototype, Set<FieldDescriptor> large)
      throws IOException {
    FileErrors.requireRegularFile(file);
    byte[] rest;
    try (InputStream in = FileErrors.open(file)) {
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE) {
        throw new InvalidFileException(
            file,
            "has "
                + size
                + " bytes, and protobuf files end at 2 GiB; keep the weights in a second file",
            null);
      }
      ProtobufOutline outline =
          new ProtobufOutline(file, CodedInputStream.newInstance(in), Set.copyOf(large));
      outline.in.pushLimit((int) size);
      outline.walk(prototype.getDescriptorForType(), 1);
      rest = outline.copy.toByteArray();
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    try {
      return (M) prototype.getParserForType().parseFrom(rest);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidFileException(
          file, "is damaged (" + e.getMessage() + "); copy or write it again", e);
    }
  }

  /**
   * Returns where the values of a field lie that was left out.
   *
   * @param message a message that was read here, or one within it
   * @param field one of its fields that were to be left in the file
   * @return the bytes of each occurrence of the field, in the file's order; empty where the message
   *     has none
   */
  public static List<FileRange> ranges(Message message, FieldDescriptor field) {
    List<FileRange> ranges = new ArrayList<>();
    for (ByteString bytes :
        message
            .getUnknownFields()
            .getField(LEFT_OUT + field.getNumber())
            .getLengthDelimitedList()) {
      ByteBuffer range = bytes.asReadOnlyByteBuffer();
      ranges.add(new FileRange(range.getLong(), range.getInt()));
    }
    return ranges;
  }

  /** Copies the fields of a message up to the current limit. */
  private void walk(Descriptor type, int depth) throws IOException {
    while (in.getBytesUntilLimit() > 0) {
      int at = in.getTotalBytesRead();
      try {
        field(type, in.readTag(), depth, at);
      } catch (InvalidProtocolBufferException e) {
        throw invalid(
            at,
            "the field of "
                + type.getName()
                + " at byte "
                + at
                + " is cut off or damaged; copy the file or write it again",
            e);
      }
      if (copy.size() > LARGEST) {
        throw invalid(
            at,
            "has more than "
                + (LARGEST >> 20)
                + " MiB without its tensors (at byte "
                + at
                + "), which no model needs",
            null);
      }
    }
  }

  private void field(Descriptor type, int tag, int depth, int at) throws IOException {
    if (++fields > MOST_FIELDS) {
      throw invalid(
          at,
          "has more than "
              + MOST_FIELDS
              + " fields without the values of its tensors (at byte "
              + at
              + "), which no model needs",
          null);
    }
    int wireType = WireFormat.getTagWireType(tag);
    FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
    if (field != null && !mayBe(field, wireType)) {
      throw invalid(
          at, name(field) + " at byte " + at + " is of wire type " + wireType + ", not its own");
    }
    switch (wireType) {
      case WireFormat.WIRETYPE_VARINT -> {
        long value = in.readUInt64();
        if (field != null) {
          copy.varint(tag).varint(value);
        }
      }
      case WireFormat.WIRETYPE_FIXED32 -> {
        int value = in.readFixed32();
        if (field != null) {
          copy.varint(tag).fixed32(value);
        }
      }
      case WireFormat.WIRETYPE_FIXED64 -> {
        long value = in.readFixed64();
        if (field != null) {
          copy.varint(tag).fixed64(value);
        }
      }
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> delimited(type, field, tag, depth, at);
      default ->
          throw invalid(
              at,
              "byte "
                  + at
                  + " in "
                  + type.getName()
                  + " begins no field (wire type "
                  + wireType
                  + ")");
    }
  }

  private void delimited(Descriptor type, FieldDescriptor field, int tag, int depth, int at)
      throws IOException {
    int length = in.readUInt32();
    String what = field == null ? "an unknown field of " + type.getName() : name(field);
    if (length < 0 || length > in.getBytesUntilLimit()) {
      throw invalid(
          at,
          what
              + " at byte "
              + at
              + " has a length of "
              + Integer.toUnsignedString(length)
              + ", but only "
              + in.getBytesUntilLimit()
              + " bytes are left");
    }
    if (field == null) {
      in.skipRawBytes(length);
    } else if (large.contains(field)) {
      copy.varint(((LEFT_OUT + field.getNumber()) << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED);
      copy.varint(RANGE_BYTES)
          .bytes(
              ByteBuffer.allocate(RANGE_BYTES)
                  .putLong(in.getTotalBytesRead())
                  .putInt(length)
                  .array());
      in.skipRawBytes(length);
    } else if (field.getType() == FieldDescriptor.Type.MESSAGE) {
      if (depth == DEEPEST) {
        throw invalid(
            at, "messages are nested more than " + DEEPEST + " deep (at byte " + at + ")");
      }
      int limit = in.pushLimit(length);
      int start = copy.varint(tag).beginLength();
      walk(field.getMessageType(), depth + 1);
      copy.endLength(start);
      in.popLimit(limit);
    } else if (length > LONGEST_TEXT) {
      throw invalid(
          at,
          what
              + " at byte "
              + at
              + " has "
              + length
              + " bytes, and at most "
              + LONGEST_TEXT
              + " are read",
          null);
    } else {
      copy.varint(tag).varint(length).bytes(in.readRawBytes(length));
    }
  }

  private static boolean mayBe(FieldDescriptor field, int wireType) {
    boolean packed = field.isPackable() && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    return packed || field.getLiteType().getWireType() == wireType;
  }

  /** {@code TensorProto.raw_data}. */
  private static String name(FieldDescriptor field) {
    return field.getContainingType().getName() + "." + field.getName();
  }

  private InvalidFileException invalid(long offset, String complaint) {
    return invalid(offset, complaint + "; the file is damaged, copy or write it again", null);
  }

  private InvalidFileException invalid(long offset, String complaint, Throwable cause) {
    return new InvalidFileException(file, offset, complaint, cause);
  }
}
