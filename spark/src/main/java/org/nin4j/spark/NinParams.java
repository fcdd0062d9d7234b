package org.nin4j.spark;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that {@link NinClassifier} and {@link NinClassificationModel} share: the columns
 * that they read and add, and what is done about images that cannot be decoded.
 *
 * <p>A value that is not valid is refused with an {@link IllegalArgumentException} when it is set.
 */
public interface NinParams extends Params {
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
}
