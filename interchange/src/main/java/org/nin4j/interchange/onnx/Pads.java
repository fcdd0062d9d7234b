package org.nin4j.interchange.onnx;

import java.util.Arrays;
import java.util.List;
import org.nin4j.error.InvalidFileException;

/** Reads the list of a Pad node: where each of (N, C, H, W) begins, and where it ends. */
final class Pads {
  private static final int AXES = 4;

  private Pads() {}

  /** Spreads a list that is for some axes only. */
  static List<Long> ofAxes(OnnxNode node, List<Long> pads, List<Long> axes)
      throws InvalidFileException {
    Long[] all = new Long[2 * AXES];
    Arrays.fill(all, 0L);
    if (pads.size() != 2 * axes.size()) {
      throw node.invalid("has " + pads.size() + " pads for " + axes.size() + " axes");
    }
    for (int i = 0; i < axes.size(); i++) {
      long axis = axes.get(i) < 0 ? axes.get(i) + AXES : axes.get(i);
      if (axis < 0 || axis >= AXES) {
        throw node.invalid("pads axis " + axes.get(i) + ", and images have 4");
      }
      all[(int) axis] = pads.get(i);
      all[(int) axis + AXES] = pads.get(i + axes.size());
    }
    return List.of(all);
  }

  static ExplicitPads of(OnnxNode node, List<Long> pads) throws InvalidFileException {
    if (pads.size() != 2 * AXES) {
      throw node.invalid("has " + pads.size() + " pads, and images need " + 2 * AXES);
    }
    for (int i = 0; i < pads.size(); i++) {
      boolean spatial = i % AXES >= 2;
      if (pads.get(i) < 0 || pads.get(i) > (spatial ? WindowAxis.LARGEST : 0)) {
        throw node.invalid(
            "has pads "
                + pads
                + ", and only height and width can be enlarged, by up to "
                + WindowAxis.LARGEST);
      }
    }
    return new ExplicitPads(
        Math.toIntExact(pads.get(2)),
        Math.toIntExact(pads.get(3)),
        Math.toIntExact(pads.get(6)),
        Math.toIntExact(pads.get(7)));
  }
}
