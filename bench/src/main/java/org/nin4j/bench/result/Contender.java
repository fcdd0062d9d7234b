package org.nin4j.bench.result;

/** Who is timed, in the order of the tables. */
public enum Contender {
  NIN4J_FP32("NiN4J fp32"),
  NIN4J_BF16("NiN4J bf16"),
  NIN4J_INT8("NiN4J int8"),
  PYTORCH_DJL("PyTorch 2.7.1 (DJL), fp32"),
  PYTORCH_FP32("PyTorch 2.10, fp32, channels_last"),
  PYTORCH_BF16("PyTorch 2.10, bf16 autocast, channels_last"),
  ONNX_RUNTIME("ONNX Runtime 1.23.2, fp32");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** The name in the tables. */
  public String title() {
    return title;
  }
}
