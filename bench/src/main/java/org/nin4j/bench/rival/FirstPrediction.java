package org.nin4j.bench.rival;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.nin4j.Classifier;
import org.nin4j.Engines;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;

/**
 * A process that predicts one image and prints the result: {@code CONTENDER FOLDER}. The folder
 * holds the model in the form that costs each contender least: this library's own file, an ONNX
 * file, and for PyTorch, whose network is built in Java, nothing but the floats.
 */
public final class FirstPrediction {
  static final Task TASK = new Task("nin", 224, Work.INFERENCE, 1);
  private static final String MODEL = "model.safetensors";
  private static final String INTEGERS = "int8.safetensors";
  private static final String ONNX = "model.onnx";
  private static final String FLOATS = "model.floats";

  private FirstPrediction() {}

  /** Writes the models. */
  public static void prepare(Path folder) throws Exception {
    Model model = Exercise.model(TASK, true);
    Models.write(folder.resolve(MODEL), model);
    Models.write(folder.resolve(INTEGERS), QuantizeChild.quantized(model));
    Models.write(folder.resolve(ONNX), model);
    Weights weights = model.weights();
    long values = model.network().parameterCount();
    ByteBuffer floats =
        ByteBuffer.allocate(Math.toIntExact(4 * values)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < weights.count(); i++) {
      for (float value : weights.values(i)) {
        floats.putFloat(value);
      }
    }
    Files.write(folder.resolve(FLOATS), floats.array());
  }

  /** Prints the largest probability or logit of the image. */
  public static void main(String[] args) throws Exception {
    Contender contender = Contender.valueOf(args[0]);
    Path folder = Path.of(args[1]);
    float result =
        switch (contender) {
          case NIN4J_FP32, NIN4J_BF16, NIN4J_INT8 -> byClassifier(contender, folder);
          case ONNX_RUNTIME -> byOnnxRuntime(folder);
          default -> byRival(contender, folder);
        };
    System.out.println(Protocol.ANSWER + result);
    System.out.flush();
  }

  /** The only one that also resizes the image. */
  private static float byClassifier(Contender contender, Path folder) throws Exception {
    DecodedImage image = new RandomImages(1, 1, 10).image(0);
    try (Classifier classifier = classifier(contender, folder)) {
      return classifier.predict(image).probability();
    }
  }

  private static Classifier classifier(Contender contender, Path folder) throws Exception {
    return switch (contender) {
      case NIN4J_INT8 -> Classifier.load(folder.resolve(INTEGERS));
      case NIN4J_FP32 -> Classifier.load(folder.resolve(MODEL));
      default -> {
        Engines.prepare();
        Model model = Models.read(folder.resolve(MODEL));
        yield Classifier.builder(model).precision(Nin4jRival.precision(contender)).build();
      }
    };
  }

  private static float byOnnxRuntime(Path folder) throws Exception {
    byte[] model = Files.readAllBytes(folder.resolve(ONNX));
    Shape shape = Shape.of(1, 1, TASK.size(), TASK.size());
    try (OnnxRival rival =
        new OnnxRival(
            model, shape, 10, new float[TASK.size() * TASK.size()], ChildSettings.threads())) {
      return rival.infer()[0];
    }
  }

  private static float byRival(Contender contender, Path folder) throws Exception {
    Network network = Networks.NIN.build(Shape.of(1, 1, TASK.size(), TASK.size()), 10);
    Weights weights = Weights.zeros(network);
    ByteBuffer floats =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(FLOATS))).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < weights.count(); i++) {
      float[] values = weights.values(i);
      floats.asFloatBuffer().get(values);
      floats.position(floats.position() + 4 * values.length);
    }
    Model model =
        new Model(
            network,
            weights,
            new RandomImages(1, 1, 10).classes(),
            Preprocessing.unit(1, TASK.size(), TASK.size()),
            Map.of());
    Exercise exercise = Exercise.of(model, TASK);
    try (Rival rival = Rival.of(contender, exercise, Work.INFERENCE)) {
      return rival.infer()[0];
    }
  }
}
