package org.nin4j.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageRegion;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.error.ClosedException;
import org.nin4j.error.InvalidModelException;
import org.nin4j.internal.Softmax;
import org.nin4j.io.Model;

/**
 * Explains what a model sees in an image.
 *
 * <pre>{@code
 * try (Explainer explainer = Explainer.of(model)) {
 *   Explanation explanation = explainer.explain(image);
 *   System.out.println(explanation.score().label() + ": " + explanation.reason());
 * }
 * }</pre>
 *
 * <p>An explanation is a function of the model, the image, the engine and the precision. An
 * explainer is for use by one thread at a time. What a method needs is compiled when it is first
 * used. An explainer that has been closed throws {@link ClosedException}.
 */
public final class Explainer implements AutoCloseable {
  private final Model model;
  private final Arithmetic arithmetic;
  private final MethodChoice automatic;
  private final ClassMapPass pass;
  private final HeatMappers mappers;
  private boolean isClosed;

  private Explainer(Model model, Arithmetic arithmetic) {
    this.model = model;
    this.arithmetic = arithmetic;
    Optional<ClassMapLayers> layers = ClassMapLayers.of(model.network());
    automatic = MethodChoice.of(model.network(), layers);
    pass = new ClassMapPass(arithmetic, model.network(), model.preprocessing(), layers);
    mappers = new HeatMappers(arithmetic, model, layers, pass);
  }

  /**
   * Makes an explainer that computes in fp32 with the best engine of this machine.
   *
   * @param model the model to explain; also of a quantized model, the weights are taken as floats
   * @return an explainer, which the caller closes
   * @throws org.nin4j.engine.EngineException when the engine cannot run the network, or memory does
   *     not suffice
   */
  public static Explainer of(Model model) {
    return of(model, Engines.best(), Precision.FP32);
  }

  /**
   * Makes an explainer with a given engine and precision.
   *
   * @param model the model to explain; also of a quantized model, the weights are taken as floats
   * @param engine the engine that computes
   * @param precision fp32 or bf16
   * @return an explainer, which the caller closes
   * @throws IllegalArgumentException when the precision is int8, which has no gradients
   * @throws org.nin4j.engine.EngineException when the engine cannot run the network in the
   *     precision, or memory does not suffice
   */
  public static Explainer of(Model model, Engine engine, Precision precision) {
    if (precision == Precision.INT8) {
      throw new IllegalArgumentException(
          "explanations are computed in fp32 or bf16, but not in int8, which has no gradients");
    }
    return new Explainer(model, new Arithmetic(engine, precision, model.weights()));
  }

  /** {@return the model that is explained} */
  public Model model() {
    return model;
  }

  /** {@return the method that {@link #explain(DecodedImage)} uses for this model} */
  public ExplanationMethod automaticMethod() {
    return automatic.method();
  }

  /**
   * Explains the class that the model predicts, with the method that suits its network.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @return the explanation
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   */
  public Explanation explain(DecodedImage image) {
    List<ClassScore> scores = scores(image);
    return explanation(image, scores, mostProbable(scores), Optional.empty());
  }

  /**
   * Explains a class, with the method that suits the model's network.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @param label index of the class, from 0
   * @return the explanation
   * @throws IndexOutOfBoundsException when there is no such class
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   */
  public Explanation explain(DecodedImage image, int label) {
    return explanation(image, scores(image), label, Optional.empty());
  }

  /**
   * Explains the class that the model predicts with a given method.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @param method the method
   * @return the explanation
   * @throws IllegalArgumentException when the network has no maps that the method needs
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   */
  public Explanation explain(DecodedImage image, ExplanationMethod method) {
    List<ClassScore> scores = scores(image);
    return explanation(image, scores, mostProbable(scores), Optional.of(method));
  }

  /**
   * Explains a class with a given method.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @param label index of the class, from 0
   * @param method the method
   * @return the explanation
   * @throws IndexOutOfBoundsException when there is no such class
   * @throws IllegalArgumentException when the network has no maps that the method needs
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   */
  public Explanation explain(DecodedImage image, int label, ExplanationMethod method) {
    return explanation(image, scores(image), label, Optional.of(method));
  }

  /**
   * Computes the class maps of an image, at the network's own input size.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @return the maps of all classes; empty for a network that does not end in a map for each class,
   *     a global average and Flatten
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   */
  public Optional<ClassMaps> classMaps(DecodedImage image) {
    scores(image);
    return pass.maps();
  }

  /**
   * Computes the output of a layer for an image.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @param path PyTorch's path of a layer, such as {@code 3.4}, or of a block, whose last layer is
   *     taken then
   * @return the maps of all channels
   * @throws IllegalArgumentException when the network has no layer at the path, or its output has
   *     no height and width
   */
  public FeatureMaps featureMaps(DecodedImage image, String path) {
    requireOpen();
    int layer = MapLayers.at(model.network(), path);
    try (LayerOutputs outputs =
        new LayerOutputs(arithmetic, model.network(), model.preprocessing(), List.of(layer))) {
      outputs.run(image);
      return outputs.maps(0);
    }
  }

  /**
   * Classifies an image.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @return the score of each class, in the order of the model's classes
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   */
  public List<ClassScore> scores(DecodedImage image) {
    requireOpen();
    pass.run(image);
    float[] logits = pass.logits();
    float[] probabilities = new float[logits.length];
    Softmax.probabilities(logits, probabilities, logits.length);
    List<ClassScore> scores = new ArrayList<>();
    for (int c = 0; c < logits.length; c++) {
      scores.add(new ClassScore(model.classes().get(c), logits[c], probabilities[c]));
    }
    return scores;
  }

  private void requireOpen() {
    if (isClosed) {
      throw new ClosedException("the explainer has been closed; make a new one");
    }
  }

  private int mostProbable(List<ClassScore> scores) {
    return Softmax.largest(pass.logits(), 0, scores.size());
  }

  private Explanation explanation(
      DecodedImage image,
      List<ClassScore> scores,
      int label,
      Optional<ExplanationMethod> requested) {
    Objects.checkIndex(label, scores.size());
    ExplanationMethod method = requested.orElse(automatic.method());
    HeatMapper mapper = mappers.of(method);
    HeatMap map = mapper.map(image, label);
    String why = requested.isPresent() ? "as requested" : automatic.reason();
    return new Explanation(
        scores,
        label,
        method,
        method + ": " + mapper.description() + ", " + why,
        map,
        pass.maps(),
        ImageRegion.of(model.preprocessing(), image));
  }

  /** Frees the memory of all plans; closing twice does nothing. */
  @Override
  public void close() {
    isClosed = true;
    mappers.close();
    pass.close();
  }
}
