package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.onednn.LoweringContext.Mask;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.MaskProduct;
import org.nin4j.engine.onednn.verify.Relu;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.LayerVisitor;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * Turns one layer of a network into steps of a program: from its input {@code src} to its output.
 */
final class NetworkLowering implements LayerVisitor<Tensor> {
  private final LoweringContext context;
  private final ProgramBuilder builder;
  private final Dnnl dnnl;
  private final PlacedLayer placed;
  private final PlacedLayer relu; // computed with this layer; null without one
  private final QuantizationParameters dstQuantization;
  private final Shape input;
  private final Tensor src;

  private NetworkLowering(
      LoweringContext context,
      PlacedLayer placed,
      PlacedLayer relu,
      QuantizationParameters dstQuantization,
      Shape input,
      Tensor src) {
    this.context = context;
    builder = context.builder();
    dnnl = context.dnnl();
    this.placed = placed;
    this.relu = relu;
    this.dstQuantization = dstQuantization;
    this.input = input;
    this.src = src;
  }

  /**
   * Adds the forward pass of all layers.
   *
   * @param outputs paths of layers whose output is kept; a plain tensor is added for each
   * @return what the last layer computes
   */
  static Tensor forward(
      LoweringContext context,
      Sequential layers,
      Tensor input,
      Shape inputShape,
      Map<String, Tensor> outputs) {
    List<PlacedLayer> leaves = layers.leaves();
    Tensor tensor = input;
    Shape shape = inputShape;
    for (int i = 0; i < leaves.size(); i++) {
      PlacedLayer placed = leaves.get(i);
      boolean fuse =
          i + 1 < leaves.size()
              && leaves.get(i + 1).layer() instanceof ReLU
              && !outputs.containsKey(placed.path())
              && takesReLU(context, placed, tensor);
      PlacedLayer relu = fuse ? leaves.get(i + 1) : null;
      PlacedLayer last = fuse ? relu : placed;
      QuantizationParameters quantization =
          outputs.containsKey(last.path())
              ? null
              : nextQuantization(context, leaves, fuse ? i + 2 : i + 1, outputs.keySet());
      tensor =
          placed
              .layer()
              .accept(new NetworkLowering(context, placed, relu, quantization, shape, tensor));
      shape = placed.layer().outputShape(shape);
      if (outputs.containsKey(last.path())) {
        outputs.put(last.path(), context.keep(tensor, shape, last));
      }
      if (fuse) {
        i++;
      }
    }
    return tensor;
  }

  /**
   * Scale and zero point of the next layer that computes in integers, if the layers before it can
   * work on these integers and nobody reads their output as floats; else null.
   */
  private static QuantizationParameters nextQuantization(
      LoweringContext context, List<PlacedLayer> leaves, int from, Set<String> outputs) {
    for (PlacedLayer placed : leaves.subList(Math.min(from, leaves.size()), leaves.size())) {
      QuantizationParameters quantization = context.inputQuantization(placed.path());
      if (quantization != null
          || !keepsQuantization(placed.layer())
          || outputs.contains(placed.path())) {
        return quantization;
      }
    }
    return null;
  }

  /** Whether a layer only picks values and computes none. */
  private static boolean keepsQuantization(Layer layer) {
    return layer instanceof MaxPool2d || layer instanceof Dropout || layer instanceof Flatten;
  }

  private static boolean takesReLU(LoweringContext context, PlacedLayer placed, Tensor src) {
    if (placed.layer() instanceof BatchNorm2d layer) {
      return context.trains(placed)
          && new BatchNormLowering(context, placed, layer, true).isFast(src);
    }
    return placed.layer() instanceof Conv2d || placed.layer() instanceof Linear;
  }

  @Override
  public Tensor visit(Conv2d layer) {
    return new ConvolutionLowering(
            context, context.operands(placed.path(), dstQuantization), placed, layer, relu, input)
        .forward(src);
  }

  @Override
  public Tensor visit(Linear layer) {
    return new LinearLowering(
            context, context.operands(placed.path(), dstQuantization), placed, layer, relu, input)
        .forward(src);
  }

  @Override
  public Tensor visit(MaxPool2d layer) {
    return pooling(
        dnnl_pooling_max,
        layer.outputShape(input),
        layer.kernel(),
        layer.stride(),
        layer.padding());
  }

  @Override
  public Tensor visit(AvgPool2d layer) {
    Shape output = layer.outputShape(input);
    if (layer.countIncludePad() && reachesBeyondPadding(layer, output)) {
      return averaging(output, AveragingMatrix.of(layer, input));
    }
    int algorithm =
        layer.countIncludePad()
            ? dnnl_pooling_avg_include_padding
            : dnnl_pooling_avg_exclude_padding;
    return pooling(algorithm, output, layer.kernel(), layer.stride(), layer.padding());
  }

  private boolean reachesBeyondPadding(AvgPool2d layer, Shape output) {
    return (output.height() - 1) * layer.stride().height() + layer.kernel().height()
            > input.height() + 2 * layer.padding().height()
        || (output.width() - 1) * layer.stride().width() + layer.kernel().width()
            > input.width() + 2 * layer.padding().width();
  }

  @Override
  public Tensor visit(AdaptiveAvgPool2d layer) {
    Shape output = layer.outputShape(input);
    if (input.height() % output.height() != 0 || input.width() % output.width() != 0) {
      return averaging(output, AveragingMatrix.of(layer, input));
    }
    Size2d window = new Size2d(input.height() / output.height(), input.width() / output.width());
    return pooling(dnnl_pooling_avg_exclude_padding, output, window, window, Size2d.of(0));
  }

  private Tensor pooling(
      int algorithm, Shape output, Size2d kernel, Size2d stride, Size2d padding) {
    return new PoolingLowering(context, placed, algorithm, input, output, kernel, stride, padding)
        .forward(src);
  }

  private Tensor averaging(Shape output, float[] shares) {
    return new AveragingLowering(context, placed, input, output, shares).forward(src);
  }

  @Override
  public Tensor visit(BatchNorm2d layer) {
    return context.trains(placed)
        ? new BatchNormLowering(context, placed, layer, relu != null).forward(src, input)
        : new FixedBatchNormLowering(context, placed, layer, input).forward(src);
  }

  /** A ReLU that is not fused into the layer before it; in place. */
  @Override
  public Tensor visit(ReLU layer) {
    StepIdentity step = step(Pass.FORWARD);
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            new Relu(false, input),
            result ->
                dnnl_eltwise_forward_primitive_desc_create(
                    result,
                    dnnl.engine(),
                    context.propagation(),
                    dnnl_eltwise_relu,
                    src.md(),
                    src.md(),
                    0,
                    0,
                    dnnl.attributes(false)));
    Tensor dst = new Tensor(src.md(), src.buffer());
    builder.add(
        step, pd, List.of(new Argument(DNNL_ARG_SRC, src), new Argument(DNNL_ARG_DST, dst)));
    if (context.mode().hasBackwardPass()) {
      context.onBackward(diffDst -> context.reluBackward(placed, dst, diffDst));
    }
    return dst;
  }

  /**
   * In training a product with the mask, in place; the layer before it finds the dropped values
   * zero, like their gradients. The mask stays in fp32, for 1 / (1 - p) rounded to bf16 would scale
   * all that is kept by up to 0.4 % too much or too little.
   */
  @Override
  public Tensor visit(Dropout layer) {
    if (!context.mode().trains()) {
      return src;
    }
    Tensor plain = builder.pin(builder.tensor(dnnl.plain(dnnl_f32, Dnnl.dims(input))));
    int perImage = Math.toIntExact(input.elements() / input.batch());
    context.masks().add(new Mask(layer.p(), plain, perImage));
    StepIdentity step = step(Pass.FORWARD);
    StepIdentity stepBack = step(Pass.BACKWARD);
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            new MaskProduct(input),
            result ->
                dnnl_binary_primitive_desc_create(
                    result,
                    dnnl.engine(),
                    dnnl_binary_mul,
                    src.md(),
                    dnnl.any(dnnl_f32, Dnnl.dims(input)),
                    src.md(),
                    dnnl.attributes(false)));
    Tensor mask = builder.as(Dnnl.query(pd, dnnl_query_src_md, 1), plain, step.reorderOf("mask"));
    Tensor dst = masked(step, pd, src, mask);
    context.onBackward(
        diffDst ->
            masked(
                stepBack, pd, builder.as(src.md(), diffDst, stepBack.reorderOf("diffDst")), mask));
    return dst;
  }

  private StepIdentity step(Pass pass) {
    return StepIdentity.of(placed, pass);
  }

  private Tensor masked(StepIdentity step, dnnl_primitive_desc pd, Tensor from, Tensor mask) {
    Tensor dst = new Tensor(from.md(), from.buffer());
    builder.add(
        step,
        pd,
        List.of(
            new Argument(DNNL_ARG_SRC_0, from),
            new Argument(DNNL_ARG_SRC_1, mask),
            new Argument(DNNL_ARG_DST, dst)));
    return dst;
  }

  /** The same bytes seen as a matrix, once the image is row-major. */
  @Override
  public Tensor visit(Flatten layer) {
    if (input.rank() == 2) {
      return src;
    }
    StepIdentity step = step(Pass.FORWARD);
    Tensor image =
        builder.as(dnnl.plain(Dnnl.type(src.md()), Dnnl.dims(input)), src, step.reorderOf("src"));
    long[] flat = Dnnl.dims(layer.outputShape(input));
    if (context.mode().hasBackwardPass()) {
      context.onBackward(
          diffDst -> {
            Tensor rows =
                builder.as(
                    dnnl.plain(Dnnl.type(diffDst.md()), flat),
                    diffDst,
                    step(Pass.BACKWARD).reorderOf("diffDst"));
            return new Tensor(dnnl.plain(Dnnl.type(rows.md()), Dnnl.dims(input)), rows.buffer());
          });
    }
    return new Tensor(
        dnnl.plain(Dnnl.type(image.md()), flat), image.buffer(), image.quantization());
  }

  @Override
  public Tensor visit(Sequential layer) {
    throw new IllegalArgumentException("a container is lowered leaf by leaf");
  }
}
