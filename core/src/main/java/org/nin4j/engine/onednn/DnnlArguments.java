package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.nin4j.engine.onednn.verify.MemoryArgument;

/** oneDNN's numbers for the arguments that a check names. */
final class DnnlArguments {
  private DnnlArguments() {}

  static int index(MemoryArgument argument) {
    return switch (argument) {
      case SRC -> DNNL_ARG_SRC;
      case SRC_1 -> DNNL_ARG_SRC_1;
      case WEIGHTS -> DNNL_ARG_WEIGHTS;
      case BIAS -> DNNL_ARG_BIAS;
      case DST -> DNNL_ARG_DST;
      case MEAN -> DNNL_ARG_MEAN;
      case VARIANCE -> DNNL_ARG_VARIANCE;
      case SCALE -> DNNL_ARG_SCALE;
      case SHIFT -> DNNL_ARG_SHIFT;
      case DIFF_SRC -> DNNL_ARG_DIFF_SRC;
      case DIFF_WEIGHTS -> DNNL_ARG_DIFF_WEIGHTS;
      case DIFF_BIAS -> DNNL_ARG_DIFF_BIAS;
      case DIFF_DST -> DNNL_ARG_DIFF_DST;
      case DIFF_SCALE -> DNNL_ARG_DIFF_SCALE;
      case DIFF_SHIFT -> DNNL_ARG_DIFF_SHIFT;
      case SRC_SCALE -> DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC;
      case WEIGHTS_SCALE -> DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS;
      case DST_SCALE -> DNNL_ARG_ATTR_SCALES | DNNL_ARG_DST;
    };
  }

  /** Whether it belongs to the attributes: plain fp32, without a descriptor in the primitive. */
  static boolean isScale(MemoryArgument argument) {
    return argument == MemoryArgument.SRC_SCALE
        || argument == MemoryArgument.WEIGHTS_SCALE
        || argument == MemoryArgument.DST_SCALE;
  }
}
