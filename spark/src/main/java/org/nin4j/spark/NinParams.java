package org.nin4j.spark;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that {@link NinClassifier} and {@link NinClassificationModel} share: the columns
 * that they read and add, and what is done about images that cannot be decoded.
 *
 * <p>A value that is not valid is refused with an {@link IllegalArgumentException} when it is set.
 *
 * @param <S> the type that has the parameters, which its setters return
 */
public interface NinParams<S extends NinParams<S>> extends Params {
  /**
   * {@return the parameter that holds the name of the column of images: Spark's image struct, or
   * bytes of image files}
   */
  default Param<String> inputCol() {
    return new Param<>(
        uid(),
        "inputCol",
        "the name of the column of images: Spark's image struct, or bytes of image files",
        ParamCheck.nonEmpty("inputCol"),
        String.class);
  }

  /** {@return the name of the column of images: Spark's image struct, or bytes of image files} */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /**
   * Sets the name of the column of images.
   *
   * @param value the new value
   * @return this object
   */
  default S setInputCol(String value) {
    set(inputCol(), value);
    return self();
  }

  /**
   * {@return the parameter that holds the name of the column of labels: class names, or indices
   * into the class names}
   */
  default Param<String> labelCol() {
    return new Param<>(
        uid(),
        "labelCol",
        "the name of the column of labels: class names, or indices into the class names",
        ParamCheck.nonEmpty("labelCol"),
        String.class);
  }

  /** {@return the name of the column of labels: class names, or indices into the class names} */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /**
   * Sets the name of the column of labels: class names, or indices into the class names.
   *
   * @param value the new value
   * @return this object
   */
  default S setLabelCol(String value) {
    set(labelCol(), value);
    return self();
  }

  /**
   * {@return the parameter that holds the name of the column of class indices that the model adds,
   * or an empty text for none}
   */
  default Param<String> predictionCol() {
    return new Param<>(
        uid(),
        "predictionCol",
        "the name of the column of class indices that the model adds, or an empty text for none",
        ParamCheck.text("predictionCol"),
        String.class);
  }

  /**
   * {@return the name of the column of class indices that the model adds, or an empty text for
   * none}
   */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /**
   * Sets the name of the column of class indices, or an empty text for none.
   *
   * @param value the new value
   * @return this object
   */
  default S setPredictionCol(String value) {
    set(predictionCol(), value);
    return self();
  }

  /**
   * {@return the parameter that holds the name of the column of class names that the model adds, or
   * an empty text for none}
   */
  default Param<String> predictedLabelCol() {
    return new Param<>(
        uid(),
        "predictedLabelCol",
        "the name of the column of class names that the model adds, or an empty text for none",
        ParamCheck.text("predictedLabelCol"),
        String.class);
  }

  /**
   * {@return the name of the column of class names that the model adds, or an empty text for none}
   */
  default String getPredictedLabelCol() {
    return getOrDefault(predictedLabelCol());
  }

  /**
   * Sets the name of the column of class names, or an empty text for none.
   *
   * @param value the new value
   * @return this object
   */
  default S setPredictedLabelCol(String value) {
    set(predictedLabelCol(), value);
    return self();
  }

  /**
   * {@return the parameter that holds the name of the column of probabilities that the model adds,
   * or an empty text for none}
   */
  default Param<String> probabilityCol() {
    return new Param<>(
        uid(),
        "probabilityCol",
        "the name of the column of probabilities that the model adds, or an empty text for none",
        ParamCheck.text("probabilityCol"),
        String.class);
  }

  /**
   * {@return the name of the column of probabilities that the model adds, or an empty text for
   * none}
   */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /**
   * Sets the name of the column of probabilities, or an empty text for none.
   *
   * @param value the new value
   * @return this object
   */
  default S setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return self();
  }

  /**
   * {@return the parameter that holds the name of the column of logits that the model adds, or an
   * empty text for none}
   */
  default Param<String> rawPredictionCol() {
    return new Param<>(
        uid(),
        "rawPredictionCol",
        "the name of the column of logits that the model adds, or an empty text for none",
        ParamCheck.text("rawPredictionCol"),
        String.class);
  }

  /** {@return the name of the column of logits that the model adds, or an empty text for none} */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /**
   * Sets the name of the column of logits, or an empty text for none.
   *
   * @param value the new value
   * @return this object
   */
  default S setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return self();
  }

  /**
   * {@return the parameter that says what is done about a null or an image that cannot be decoded:
   * error, skip or keep}
   */
  default Param<String> handleInvalid() {
    return new Param<>(
        uid(),
        "handleInvalid",
        "what is done about a null or an image that cannot be decoded: error, skip or keep",
        ParamCheck.oneOf("handleInvalid", List.of("error", "skip", "keep")),
        String.class);
  }

  /** {@return what is done about a null or an image that cannot be decoded: error, skip or keep} */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /**
   * Sets what is done about invalid images: error, skip, or, where a model classifies, keep.
   *
   * @param value the new value
   * @return this object
   */
  default S setHandleInvalid(String value) {
    set(handleInvalid(), value);
    return self();
  }

  /** {@return the parameter that holds the arithmetic that classifies: auto, fp32, bf16 or int8} */
  default Param<String> inferencePrecision() {
    return new Param<>(
        uid(),
        "inferencePrecision",
        "the arithmetic that classifies: auto, fp32, bf16 or int8",
        ParamCheck.oneOf("inferencePrecision", List.of("auto", "fp32", "bf16", "int8")),
        String.class);
  }

  /** {@return the arithmetic that classifies: auto, fp32, bf16 or int8} */
  default String getInferencePrecision() {
    return getOrDefault(inferencePrecision());
  }

  /**
   * Sets the arithmetic: auto, fp32, bf16 or int8; auto is int8 for a quantized model where the
   * processor supports it, else fp32.
   *
   * @param value the new value
   * @return this object
   */
  default S setInferencePrecision(String value) {
    set(inferencePrecision(), value);
    return self();
  }

  @SuppressWarnings("unchecked")
  private S self() {
    return (S) this;
  }
}
