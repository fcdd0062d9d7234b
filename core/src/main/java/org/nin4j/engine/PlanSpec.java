package org.nin4j.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * What a plan is compiled for.
 *
 * @param network the layers, and the shape of one image
 * @param batch the most images of one run, at least 1
 * @param precision the arithmetic
 * @param quantization the scales of the network's integers; {@link Precision#INT8} needs them, and
 *     the other precisions ignore them
 * @param outputs PyTorch's paths of the layers whose output an inference plan keeps besides the
 *     logits, in the order of {@link InferencePlan#output}; other plans ignore them
 * @param threads how many threads compute one run, at least 1. With 1, results do not depend on the
 *     number of processors, and other plans may use the other processors; with more, a single
 *     caller gets its answer sooner
 * @param frozen PyTorch's paths of the layers and blocks that a training plan does not train, as
 *     {@code 0} for the whole first block or {@code 0.2} for one of its layers. Their parameters
 *     get no gradients, a frozen BatchNorm2d normalises with its running statistics, and Dropout
 *     stays active. Other plans ignore them
 */
public record PlanSpec(
    Network network,
    int batch,
    Precision precision,
    Optional<Quantization> quantization,
    List<String> outputs,
    int threads,
    Set<String> frozen) {

  /**
   * Checks the specification.
   *
   * @param network the layers, and the shape of one image
   * @param batch the most images of one run, at least 1
   * @param precision the arithmetic
   * @param quantization the scales of the network's integers
   * @param outputs PyTorch's paths of the layers whose output is kept
   * @param threads how many threads compute one run, at least 1
   * @param frozen PyTorch's paths of the layers and blocks that are not trained
   * @throws IllegalArgumentException when a number is below 1, when the network has no layer at the
   *     path of an output, when a frozen path is not that of a layer or block with parameters, or
   *     when the precision is int8 and the quantization is missing or belongs to another network
   */
  public PlanSpec {
    outputs = List.copyOf(outputs);
    frozen = Collections.unmodifiableSet(new TreeSet<>(frozen));
    requirePositive("the batch size of a plan", batch);
    requirePositive("the number of threads of a plan", threads);
    PrecisionPolicy.inferenceRefusal(precision, quantization.isPresent())
        .ifPresent(
            refusal -> {
              throw new IllegalArgumentException(refusal + "; quantize it first");
            });
    if (precision == Precision.INT8) {
      quantization.orElseThrow().requireFits(network);
    }
    List<String> paths = network.layers().leaves().stream().map(PlacedLayer::path).toList();
    for (String output : outputs) {
      if (!paths.contains(output)) {
        throw new IllegalArgumentException(
            "network '" + network.name() + "' has no layer at '" + output + "'; it has " + paths);
      }
    }
    frozen.forEach(path -> requireParameters(network, path));
  }

  private static void requireParameters(Network network, String path) {
    if (network.parameters().stream().noneMatch(parameter -> parameter.isIn(path))) {
      throw new IllegalArgumentException(
          "network '"
              + network.name()
              + "' has nothing to freeze at '"
              + path
              + "'; its blocks with parameters are "
              + network.blocks());
    }
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but is " + value);
    }
  }

  /**
   * Specifies a plan without a quantization, on one thread, that keeps no output but the logits.
   *
   * @param network the layers, and the shape of one image
   * @param batch the most images of one run, at least 1
   * @param precision fp32 or bf16
   * @return the specification
   * @throws IllegalArgumentException when the batch size is below 1, or when the precision is int8
   */
  public static PlanSpec of(Network network, int batch, Precision precision) {
    return of(network, batch, precision, null);
  }

  /**
   * Specifies a plan on one thread that keeps no output but the logits.
   *
   * @param network the layers, and the shape of one image
   * @param batch the most images of one run, at least 1
   * @param precision the arithmetic
   * @param quantization the scales of the network's integers; null for a network that is not
   *     quantized
   * @return the specification
   * @throws IllegalArgumentException when the batch size is below 1, or when the precision is int8
   *     and the quantization is missing or belongs to another network
   */
  public static PlanSpec of(
      Network network, int batch, Precision precision, Quantization quantization) {
    return new PlanSpec(
        network, batch, precision, Optional.ofNullable(quantization), List.of(), 1, Set.of());
  }

  /**
   * Returns the same specification with another batch size.
   *
   * @param newBatch largest number of images of a run, at least 1
   * @return the specification
   */
  public PlanSpec withBatch(int newBatch) {
    return new PlanSpec(network, newBatch, precision, quantization, outputs, threads, frozen);
  }

  /**
   * Returns the same specification with other outputs.
   *
   * @param newOutputs PyTorch's paths of the layers whose output is kept besides the logits
   * @return the specification
   * @throws IllegalArgumentException when the network has no layer at one of the paths
   */
  public PlanSpec withOutputs(List<String> newOutputs) {
    return new PlanSpec(network, batch, precision, quantization, newOutputs, threads, frozen);
  }

  /**
   * Returns the same specification with another number of threads.
   *
   * @param newThreads how many threads compute one run, at least 1
   * @return the specification
   * @throws IllegalArgumentException when the number is below 1
   */
  public PlanSpec withThreads(int newThreads) {
    return new PlanSpec(network, batch, precision, quantization, outputs, newThreads, frozen);
  }

  /**
   * Returns the same specification with other frozen layers.
   *
   * @param newFrozen PyTorch's paths of the layers and blocks that are not trained; with the path
   *     of a block all its layers are frozen
   * @return the specification
   * @throws IllegalArgumentException when the network has no layer or block with parameters at one
   *     of the paths
   */
  public PlanSpec withFrozen(Set<String> newFrozen) {
    return new PlanSpec(network, batch, precision, quantization, outputs, threads, newFrozen);
  }

  /**
   * Says whether a layer is frozen, by its own path or by that of a block around it.
   *
   * @param layer PyTorch's path of the layer, as {@link PlacedLayer#path} and {@link
   *     Parameter#layer} give it
   * @return whether no gradients are computed for its parameters
   */
  public boolean isFrozen(String layer) {
    return frozen.stream().anyMatch(path -> layer.equals(path) || layer.startsWith(path + "."));
  }

  /**
   * Says whether a training plan computes the gradient of a parameter. An optimizer leaves all
   * others as they are.
   *
   * @param parameter one of the network's parameters and buffers
   * @return false for a buffer, and for a parameter of a frozen layer
   */
  public boolean trains(Parameter parameter) {
    return parameter.trainable() && !isFrozen(parameter.layer());
  }

  /**
   * {@return the shapes of the {@link #outputs} of one image, in their order: (1, C, H, W) or (1,
   * features)}
   */
  public List<Shape> outputShapes() {
    List<String> paths = network.layers().leaves().stream().map(PlacedLayer::path).toList();
    List<Shape> shapes = network.outputShapes();
    return outputs.stream().map(output -> shapes.get(paths.indexOf(output))).toList();
  }
}
