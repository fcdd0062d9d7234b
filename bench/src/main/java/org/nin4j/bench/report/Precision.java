package org.nin4j.bench.report;

import org.nin4j.bench.result.Contender;

/** The arithmetic of a contender, which is compared with NiN4J in the same arithmetic. */
enum Precision {
  FP32("fp32", Contender.NIN4J_FP32),
  BF16("bf16", Contender.NIN4J_BF16),
  INT8("int8", Contender.NIN4J_INT8);

  private final String title;
  private final Contender ours;

  Precision(String title, Contender ours) {
    this.title = title;
    this.ours = ours;
  }

  static Precision of(Contender contender) {
    return switch (contender) {
      case NIN4J_FP32, PYTORCH_DJL, PYTORCH_FP32, ONNX_RUNTIME -> FP32;
      case NIN4J_BF16, PYTORCH_BF16 -> BF16;
      case NIN4J_INT8 -> INT8;
    };
  }

  /** The name in the results. */
  String title() {
    return title;
  }

  /** NiN4J in this precision. */
  Contender ours() {
    return ours;
  }
}
