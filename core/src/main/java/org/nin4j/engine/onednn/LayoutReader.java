package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.nin4j.engine.onednn.verify.Fingerprint;

/**
 * Asks descriptors for type and layout; with the same few pointers each time, for it is often. They
 * are retained, or a PointerScope of JavaCPP that the caller has open would free them.
 */
final class LayoutReader {
  private final IntPointer number = new IntPointer(1).retainReference();
  private final PointerPointer<Pointer> address = new PointerPointer<>(1).retainReference();

  /**
   * Enters data type, strides and inner blocks.
   *
   * @param rank how many extents the tensor has
   */
  void identify(dnnl_memory_desc md, int rank, Fingerprint fingerprint) {
    fingerprint.add(number(md, dnnl_query_data_type));
    numbers(md, dnnl_query_strides, rank, fingerprint);
    int blocks = number(md, dnnl_query_inner_nblks_s32);
    fingerprint.add(blocks);
    if (blocks > 0) {
      numbers(md, dnnl_query_inner_blks, blocks, fingerprint);
      numbers(md, dnnl_query_inner_idxs, blocks, fingerprint);
    }
  }

  private int number(dnnl_memory_desc md, int what) {
    Dnnl.check(dnnl_memory_desc_query(md, what, number), "a memory descriptor query");
    return number.get();
  }

  private void numbers(dnnl_memory_desc md, int what, int count, Fingerprint fingerprint) {
    Dnnl.check(dnnl_memory_desc_query(md, what, address), "a memory descriptor query");
    LongPointer numbers = new LongPointer(address.get());
    for (int i = 0; i < count; i++) {
      fingerprint.add(numbers.get(i));
    }
  }
}
