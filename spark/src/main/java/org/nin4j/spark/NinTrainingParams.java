package org.nin4j.spark;

import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The parameters of a training. Those that have no default leave the value to the recipe, to the
 * network or to the data.
 */
public interface NinTrainingParams extends NinParams<NinClassifier> {
  /**
   * {@return the parameter that holds the network: the name of a preset, such as nin, or a network
   * as JSON text}
   */
  default Param<String> network() {
    return new Param<>(
        uid(),
        "network",
        "the network: the name of a preset, such as nin, or a network as JSON text",
        ParamCheck.readable("network", NamedOrJson::network),
        String.class);
  }

  /** {@return the network: the name of a preset, such as nin, or a network as JSON text} */
  default String getNetwork() {
    return getOrDefault(network());
  }

  /**
   * {@return the parameter that holds the height and width to which images are resized; 0 for the
   * network's own, but 96 for nin unless the recipe is d2l}
   */
  default IntParam imageSize() {
    return new IntParam(
        uid(),
        "imageSize",
        "the height and width to which images are resized; 0 for the network's own, but 96 for nin"
            + " unless the recipe is d2l",
        ParamCheck.atLeast("imageSize", 0));
  }

  /**
   * {@return the height and width to which images are resized; 0 for the network's own, but 96 for
   * nin unless the recipe is d2l}
   */
  default int getImageSize() {
    return (Integer) getOrDefault(imageSize());
  }

  /**
   * {@return the parameter that holds the hyperparameters: the name of a recipe, such as default,
   * or a recipe as JSON text}
   */
  default Param<String> recipe() {
    return new Param<>(
        uid(),
        "recipe",
        "the hyperparameters: the name of a recipe, such as default, or a recipe as JSON text",
        ParamCheck.readable("recipe", NamedOrJson::recipe),
        String.class);
  }

  /**
   * {@return the hyperparameters: the name of a recipe, such as default, or a recipe as JSON text}
   */
  default String getRecipe() {
    return getOrDefault(recipe());
  }

  /** {@return the parameter that holds the number of epochs; 0 for the recipe's} */
  default IntParam maxIter() {
    return new IntParam(
        uid(),
        "maxIter",
        "the number of epochs; 0 for the recipe's",
        ParamCheck.atLeast("maxIter", 0));
  }

  /** {@return the number of epochs; 0 for the recipe's} */
  default int getMaxIter() {
    return (Integer) getOrDefault(maxIter());
  }

  /** {@return the parameter that holds the number of images in a step; 0 for the recipe's} */
  default IntParam batchSize() {
    return new IntParam(
        uid(),
        "batchSize",
        "the number of images in a step; 0 for the recipe's",
        ParamCheck.atLeast("batchSize", 0));
  }

  /** {@return the number of images in a step; 0 for the recipe's} */
  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  /**
   * {@return the parameter that holds the number of parts into which a batch is split; 0 for the
   * recipe's}
   */
  default IntParam shards() {
    return new IntParam(
        uid(),
        "shards",
        "the number of parts into which a batch is split; 0 for the recipe's",
        ParamCheck.atLeast("shards", 0));
  }

  /** {@return the number of parts into which a batch is split; 0 for the recipe's} */
  default int getShards() {
    return (Integer) getOrDefault(shards());
  }

  /** {@return the parameter that holds the seed of all random numbers} */
  default LongParam seed() {
    return new LongParam(uid(), "seed", "the seed of all random numbers");
  }

  /** {@return the seed of all random numbers} */
  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /** {@return the parameter that holds the arithmetic of the training: auto, fp32 or bf16} */
  default Param<String> precision() {
    return new Param<>(
        uid(),
        "precision",
        "the arithmetic of the training: auto, fp32 or bf16",
        ParamCheck.oneOf("precision", List.of("auto", "fp32", "bf16")),
        String.class);
  }

  /** {@return the arithmetic of the training: auto, fp32 or bf16} */
  default String getPrecision() {
    return getOrDefault(precision());
  }

  /**
   * {@return the parameter that holds the number of tasks that share a step; 0 for as many as the
   * cluster has slots}
   */
  default IntParam numWorkers() {
    return new IntParam(
        uid(),
        "numWorkers",
        "the number of tasks that share a step; 0 for as many as the cluster has slots",
        ParamCheck.atLeast("numWorkers", 0));
  }

  /** {@return the number of tasks that share a step; 0 for as many as the cluster has slots} */
  default int getNumWorkers() {
    return (Integer) getOrDefault(numWorkers());
  }

  /**
   * {@return the parameter that holds the folder of checkpoints, in any Hadoop file system; an
   * empty text for none}
   */
  default Param<String> checkpointDir() {
    return new Param<>(
        uid(),
        "checkpointDir",
        "the folder of checkpoints, in any Hadoop file system; an empty text for none",
        ParamCheck.text("checkpointDir"),
        String.class);
  }

  /** {@return the folder of checkpoints, in any Hadoop file system; an empty text for none} */
  default String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  /**
   * {@return the parameter that holds the number of epochs from one checkpoint to the next; -1 for
   * no checkpoints}
   */
  default IntParam checkpointInterval() {
    return new IntParam(
        uid(),
        "checkpointInterval",
        "the number of epochs from one checkpoint to the next; -1 for no checkpoints",
        ParamCheck.interval("checkpointInterval"));
  }

  /** {@return the number of epochs from one checkpoint to the next; -1 for no checkpoints} */
  default int getCheckpointInterval() {
    return (Integer) getOrDefault(checkpointInterval());
  }

  /**
   * {@return the parameter that holds the name of the Boolean column that is true for images to
   * evaluate on instead of training on them; an empty text for none}
   */
  default Param<String> validationIndicatorCol() {
    return new Param<>(
        uid(),
        "validationIndicatorCol",
        "the name of the Boolean column that is true for images to evaluate on instead of training"
            + " on them; an empty text for none",
        ParamCheck.text("validationIndicatorCol"),
        String.class);
  }

  /**
   * {@return the name of the Boolean column that is true for images to evaluate on instead of
   * training on them; an empty text for none}
   */
  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  /**
   * {@return the parameter that holds the name of the column that says the order of the images; its
   * values are different}
   */
  default Param<String> idCol() {
    return new Param<>(
        uid(),
        "idCol",
        "the name of the column that says the order of the images; its values are different",
        ParamCheck.nonEmpty("idCol"),
        String.class);
  }

  /**
   * {@return the name of the column that says the order of the images; its values are different}
   */
  default String getIdCol() {
    return getOrDefault(idCol());
  }

  /** {@return the parameter that holds the names of the classes, in the order of their indices} */
  default StringArrayParam classNames() {
    return new StringArrayParam(
        this,
        "classNames",
        "the names of the classes, in the order of their indices; none for those of the labels",
        ParamCheck.names("classNames"));
  }

  /** {@return the names of the classes, in the order of their indices; none for the labels' own} */
  default String[] getClassNames() {
    return getOrDefault(classNames());
  }

  /** {@return the parameter that holds the name of the data in the model's provenance} */
  default Param<String> dataName() {
    return new Param<>(
        uid(),
        "dataName",
        "the name of the data in the model's provenance",
        ParamCheck.nonEmpty("dataName"),
        String.class);
  }

  /** {@return the name of the data in the model's provenance} */
  default String getDataName() {
    return getOrDefault(dataName());
  }

  /** {@return the parameter that says whether larger images are resized with antialiasing} */
  default BooleanParam antialias() {
    return new BooleanParam(
        uid(), "antialias", "whether images are resized with antialiasing, as those of files are");
  }

  /** {@return whether images are resized with antialiasing} */
  default boolean getAntialias() {
    return (Boolean) getOrDefault(antialias());
  }
}
