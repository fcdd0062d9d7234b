package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.FileRange;
import org.nin4j.interchange.internal.ProtobufOutline;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;
import org.nin4j.io.TensorInfo;

/** A tensor of a file, whose values are read when they are asked for. */
final class OnnxTensor implements Values {
  private final OnnxFile file;
  private final TensorProto tensor;
  private final String name;
  private final ElementType type;
  private final int count;

  /**
   * Checks the extents.
   *
   * @param name for messages
   * @throws InvalidFileException when an extent is negative, or there are more values than an array
   *     can hold
   */
  OnnxTensor(OnnxFile file, TensorProto tensor, String name) throws InvalidFileException {
    this.file = file;
    this.tensor = tensor;
    this.name = name;
    this.type = ElementType.of(tensor.getDataType());
    long product = 1;
    for (long dim : dims()) {
      if (dim < 0) {
        throw invalid("has a negative extent " + dim);
      }
      if (dim > Floats.MOST / product) {
        throw invalid("is " + TensorInfo.text(dims()) + ", which is more than an array can hold");
      }
      product *= Math.max(dim, 1); // no product of some extents is larger either
    }
    this.count = dims().contains(0L) ? 0 : (int) product;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Long> dims() {
    return tensor.getDimsList();
  }

  /** The type of the elements; empty for those that this library has no name for. */
  Optional<Dtype> dtype() {
    return Optional.ofNullable(type.dtype());
  }

  /** {@code FLOAT 96x1x11x11}. */
  String typeAndExtents() {
    return type + " " + TensorInfo.text(dims());
  }

  boolean isExternal() {
    return tensor.getDataLocation() == DataLocation.EXTERNAL;
  }

  /** Where an external tensor says that its values are. */
  ExternalData external() throws InvalidFileException {
    return ExternalData.of(this, tensor.getExternalDataList());
  }

  @Override
  public float[] floats() throws IOException {
    if (isInteger()) {
      long[] integers = storage().integers(count);
      float[] floats = new float[count];
      for (int i = 0; i < count; i++) {
        floats[i] = integers[i];
      }
      return floats;
    }
    if (type.dtype() == null || !type.dtype().readsAsFloat()) {
      throw invalid("is " + type + ", and weights are floating point");
    }
    return storage().floats(count);
  }

  @Override
  public long[] integers() throws IOException {
    if (type.isFloat()) { // PyTorch writes 10 as a double, and a Cast behind it
      float[] floats = storage().floats(count);
      long[] integers = new long[count];
      for (int i = 0; i < count; i++) {
        integers[i] = (long) floats[i];
        if (integers[i] != floats[i]) {
          throw invalid("holds " + floats[i] + " where integers are needed");
        }
      }
      return integers;
    }
    if (!isInteger()) {
      throw invalid("is " + type + ", but integers are needed here");
    }
    return storage().integers(count);
  }

  private boolean isInteger() {
    return type.dtype() == Dtype.I64 || type.dtype() == Dtype.I32;
  }

  /**
   * Returns where the values are.
   *
   * @throws InvalidFileException when there are too few or too many bytes
   */
  TensorStorage storage() throws IOException {
    if (tensor.getFloatDataCount() > 0
        || tensor.getDoubleDataCount() > 0
        || tensor.getInt32DataCount() > 0
        || tensor.getInt64DataCount() > 0
        || tensor.getUint64DataCount() > 0) {
      throw invalid("holds its values one by one instead of packed");
    }
    TensorStorage storage = isExternal() ? inOtherFile() : embedded();
    storage.requireSize(count);
    return storage;
  }

  private TensorStorage inOtherFile() throws IOException {
    if (type.dtype() == null) {
      throw invalid("is " + type + ", which cannot be read");
    }
    ExternalData external = external();
    Path other = external.file(file.path());
    long bytes = (long) count * type.dtype().bits() / 8;
    return new TensorStorage(this, other, type, true, external.range(other, bytes));
  }

  private TensorStorage embedded() throws InvalidFileException {
    List<TensorStorage> found = new ArrayList<>();
    for (int number : Set.of(TensorProto.RAW_DATA_FIELD_NUMBER, type.field())) {
      List<FileRange> ranges =
          ProtobufOutline.ranges(tensor, TensorProto.getDescriptor().findFieldByNumber(number));
      boolean raw = number == TensorProto.RAW_DATA_FIELD_NUMBER;
      if (raw && ranges.size() > 1) {
        throw invalid("holds raw data twice");
      }
      if (!ranges.isEmpty()) {
        found.add(new TensorStorage(this, file.path(), type, raw, ranges));
      }
    }
    if (found.size() > 1) {
      throw invalid("holds values in two fields");
    }
    return found.isEmpty()
        ? new TensorStorage(this, file.path(), type, true, List.of())
        : found.get(0);
  }

  InvalidFileException invalid(String complaint) {
    return invalid(complaint, "export it again");
  }

  InvalidFileException invalid(String complaint, String remedy) {
    return file.invalid("tensor " + Quoted.text(name) + " " + complaint + "; " + remedy);
  }
}
