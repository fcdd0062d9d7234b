package org.nin4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Work;

/**
 * What to measure, and for how long.
 *
 * @param networks of the tasks
 * @param batches of the tasks
 * @param sizes of the training end to end
 * @param contenders who takes part
 * @param parts what is measured
 * @param rounds turns of each contender
 * @param seconds of a turn
 */
record Settings(
    List<NetworkAtSize> networks,
    List<Integer> batches,
    List<Integer> sizes,
    Set<Contender> contenders,
    Set<Part> parts,
    int rounds,
    double seconds) {

  /** The contenders that can do the work, in the order of the tables. */
  List<Contender> able(Work work) {
    List<Contender> able = new ArrayList<>(List.of(Contender.values()));
    able.retainAll(contenders);
    switch (work) {
      case TRAINING -> able.removeAll(List.of(Contender.NIN4J_INT8, Contender.ONNX_RUNTIME));
      case INFERENCE -> {}
      case CALLERS ->
          able.removeAll(
              List.of(Contender.PYTORCH_DJL, Contender.PYTORCH_FP32, Contender.PYTORCH_BF16));
    }
    return able;
  }
}
