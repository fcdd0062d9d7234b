package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.util.List;
import org.nin4j.interchange.internal.ZipRecord;
import org.nin4j.interchange.pytorch.PickleValue.Storage;
import org.nin4j.interchange.pytorch.PickleValue.Tensor;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Floats;
import org.nin4j.io.TensorInfo;

/**
 * A tensor that lies in a record.
 *
 * @param offset index of its first element in the record
 * @param strides the distance, in elements, of neighbours along each extent
 * @param span number of elements of the record from its first to its last, some of which need not
 *     be its own
 */
record StoredTensor(TensorInfo info, ZipRecord record, long offset, List<Long> strides, long span) {
  private static final String DAMAGED = "; the file is damaged, save or copy it again";

  /** Checks that a tensor lies in a record of the archive. */
  static StoredTensor of(TorchArchive archive, String name, Tensor tensor) throws IOException {
    String itself = "tensor " + Quoted.text(name);
    List<Long> dims = tensor.dims();
    List<Long> strides = tensor.strides();
    if (dims.size() != strides.size()
        || tensor.offset() < 0
        || dims.stream().anyMatch(dim -> dim < 0)
        || strides.stream().anyMatch(stride -> stride < 0)) {
      throw archive.refused(
          itself
              + " has the size "
              + dims
              + ", the stride "
              + strides
              + " and the offset "
              + tensor.offset()
              + ", and no tensor has"
              + DAMAGED);
    }
    ZipRecord record = record(archive, itself, tensor.storage());
    TensorInfo info = new TensorInfo(name, tensor.storage().dtype(), dims);
    long room = tensor.storage().elements() - tensor.offset();
    long elements;
    long span;
    try {
      elements = info.elements();
      span = elements == 0 ? 0 : span(dims, strides);
    } catch (ArithmeticException e) {
      throw archive.refused(itself + " is too large for any file: " + dims + DAMAGED);
    }
    if (room < 0 || span > room) {
      throw archive.refused(
          itself
              + " ("
              + info
              + ") ends beyond its storage of "
              + tensor.storage().elements()
              + " elements"
              + DAMAGED);
    }
    if (elements > span) {
      throw archive.refused(
          itself
              + " ("
              + info
              + ") repeats elements of its storage; save it after tensor.contiguous()");
    }
    if (span > Floats.MOST) {
      throw archive.refused(itself + " (" + info + ") is more than an array can hold; split it");
    }
    return new StoredTensor(info, record, tensor.offset(), strides, span);
  }

  private static ZipRecord record(TorchArchive archive, String itself, Storage storage)
      throws IOException {
    ZipRecord record =
        archive
            .storage(storage.key())
            .orElseThrow(
                () ->
                    archive.refused(
                        itself
                            + " is stored in a record "
                            + Quoted.text(TorchArchive.STORAGES + storage.key())
                            + " that is missing"
                            + DAMAGED));
    int size = storage.dtype().bits() / 8;
    if (record.size() % size != 0 || record.size() / size != storage.elements()) {
      throw archive.refused(
          itself
              + " is stored in "
              + Quoted.text(record.name())
              + ", which has "
              + record.size()
              + " bytes and not "
              + storage.elements()
              + " elements of "
              + storage.dtype()
              + DAMAGED);
    }
    return record;
  }

  private static long span(List<Long> dims, List<Long> strides) {
    long last = 0;
    for (int i = 0; i < dims.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(dims.get(i) - 1, strides.get(i)));
    }
    return Math.addExact(last, 1);
  }

  /** Whether its elements lie one after the other in row-major order. */
  boolean isContiguous() {
    long expected = 1;
    for (int i = strides.size() - 1; i >= 0; i--) {
      long dim = info.dims().get(i);
      if (dim != 1 && strides.get(i) != expected) {
        return false;
      }
      expected *= dim;
    }
    return true;
  }

  /** Copies its elements from its span into row-major order. */
  float[] inOrder(float[] values) {
    if (isContiguous() || span == 0) {
      return values;
    }
    List<Long> dims = info.dims();
    float[] ordered = new float[(int) info.elements()];
    long[] index = new long[dims.size()];
    long at = 0;
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = values[(int) at];
      for (int d = index.length - 1; d >= 0; d--) {
        at += strides.get(d);
        if (++index[d] < dims.get(d)) {
          break;
        }
        at -= index[d] * strides.get(d);
        index[d] = 0;
      }
    }
    return ordered;
  }
}
