package org.nin4j.conformance.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.OptimizerOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.nin4j.conformance.Torch;
import org.nin4j.conformance.TorchLayers;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.engine.Weights;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.ParameterGroup;
import org.nin4j.train.internal.SeededDropout;
import org.nin4j.train.schedule.ScheduleState;

/**
 * A training by PyTorch: its layers, its autograd, its loss, its clipping, its optimizers. What it
 * has of the product: first weights, batches, Dropout's masks and the rates of the schedule.
 */
final class TorchTraining {
  private final TrainingCase training;
  private final ScalarType type;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final TensorVector trained = new TensorVector();
  private final Optimizer optimizer;

  /** Of each of the optimizer's parameter groups. */
  private final List<Factors> factors;

  private final SeededDropout dropout = new SeededDropout(TrainingCase.SEED);

  /** Of the learning rate and the weight decay. */
  private record Factors(double rate, double decay) {}

  private TorchTraining(TrainingCase training, Weights start, ScalarType type) {
    this.training = training;
    this.type = type;
    Map<Factors, TensorVector> groups = new LinkedHashMap<>();
    for (int i = 0; i < start.count(); i++) {
      Parameter parameter = start.parameters().get(i);
      Tensor value = Torch.tensor(start.values(i), parameter.shape()).to(type);
      if (parameter.trainable() && !training.isFrozen(parameter.layer())) {
        value = Torch.leaf(value);
        trained.push_back(value);
        groups.computeIfAbsent(factors(parameter), key -> new TensorVector()).push_back(value);
      }
      tensors.put(parameter.name(), value);
    }
    factors = List.copyOf(groups.keySet());
    optimizer = optimizer(List.copyOf(groups.values()));
  }

  /** Of all groups that the parameter belongs to. */
  private Factors factors(Parameter parameter) {
    double rate = 1;
    double decay = 1;
    for (ParameterGroup group : training.recipe().parameterGroups()) {
      boolean belongs =
          switch (group.parameters()) {
            case "bias" -> parameter.role() == Parameter.Role.BIAS;
            case ParameterGroup.LAST_LAYER -> parameter.layer().equals(TrainingCase.HEAD);
            default -> throw new IllegalArgumentException(group.toString());
          };
      rate *= belongs ? group.rate() : 1;
      decay *= belongs ? group.decay() : 1;
    }
    return new Factors(rate, decay);
  }

  private Optimizer optimizer(List<TensorVector> groups) {
    OptimizerConfig config = training.recipe().optimizer();
    Optimizer created =
        config instanceof OptimizerConfig.Sgd sgd
            ? sgd(sgd, groups.get(0))
            : adamW((OptimizerConfig.AdamW) config, groups.get(0));
    groups.stream()
        .skip(1)
        .forEach(group -> created.add_param_group(new OptimizerParamGroup(group)));
    for (int i = 0; i < groups.size(); i++) {
      OptimizerOptions options = created.param_groups().get(i).options();
      if (config instanceof OptimizerConfig.Sgd sgd) {
        new SGDOptions((Pointer) options)
            .weight_decay()
            .put(sgd.weightDecay() * factors.get(i).decay());
      } else if (config instanceof OptimizerConfig.AdamW adamW) {
        new AdamWOptions((Pointer) options)
            .weight_decay()
            .put(adamW.weightDecay() * factors.get(i).decay());
      }
    }
    return created;
  }

  private Optimizer sgd(OptimizerConfig.Sgd config, TensorVector parameters) {
    SGDOptions options = new SGDOptions(training.recipe().schedule().learningRate());
    options.momentum().put(config.momentum());
    options.nesterov().put(config.nesterov());
    return new SGD(parameters, options);
  }

  private Optimizer adamW(OptimizerConfig.AdamW config, TensorVector parameters) {
    AdamWOptions options = new AdamWOptions(training.recipe().schedule().learningRate());
    DoublePointer betas = options.betas();
    // A std::tuple, which some C++ libraries lay out backwards; the defaults are 0.9 and 0.999.
    int first = betas.get(0) < betas.get(1) ? 0 : 1;
    betas.put(first, config.beta1());
    betas.put(1 - first, config.beta2());
    options.eps().put(config.eps());
    return new AdamW(parameters, options);
  }

  /** Trains in this precision from these weights. */
  static Trajectory run(TrainingCase training, Weights start, ScalarType type) {
    return Torch.scoped(() -> new TorchTraining(training, start, type).run());
  }

  private Trajectory run() {
    DataLoader loader = training.loader();
    double[] losses = new double[TrainingCase.STEPS];
    int step = 0;
    for (int number = 0; number < training.recipe().epochs(); number++) {
      try (Epoch epoch = loader.epoch(number, 0)) {
        for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
          Batch current = batch;
          int index = step++;
          dropout.at(number, batch.indices(), batch.repeats(), 0);
          losses[index] = Torch.scoped(() -> step(current, index));
        }
      }
    }
    Map<String, double[]> weights = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> weights.put(name, Torch.values(tensor)));
    return new Trajectory(losses, weights);
  }

  private double step(Batch batch, int step) {
    optimizer.zero_grad();
    Tensor loss = loss(batch);
    loss.backward();
    if (training.recipe().clipNorm() < Double.POSITIVE_INFINITY) {
      torch.clip_grad_norm_(trained, training.recipe().clipNorm());
    }
    double rate =
        training.recipe().schedule().rate(step, TrainingCase.STEPS, ScheduleState.INITIAL);
    for (int i = 0; i < factors.size(); i++) {
      optimizer.param_groups().get(i).options().set_lr(rate * factors.get(i).rate());
    }
    optimizer.step();
    return Torch.values(loss)[0];
  }

  /** The sum over the images, weighted by their classes or not, by the number of images. */
  private Tensor loss(Batch batch) {
    double[] weights = training.classWeights();
    Tensor ofClasses =
        weights == null ? null : Torch.tensor(weights, Shape.of(1, weights.length)).to(type);
    Tensor sum =
        torch.cross_entropy_loss(
            forward(batch),
            labels(batch),
            Torch.optional(ofClasses == null ? null : ofClasses.flatten()),
            torch.Reduction.Sum.value,
            -100,
            training.recipe().labelSmoothing());
    return sum.div(new Scalar((double) batch.size()));
  }

  private Tensor forward(Batch batch) {
    Shape shape = training.network().input().withBatch(batch.size());
    Tensor value = tensor(batch.images(), shape);
    int dropouts = 0;
    for (PlacedLayer placed : training.network().layers().leaves()) {
      Tensor mask = null;
      if (placed.layer() instanceof Dropout layer) {
        float[] values = new float[(int) shape.elements()];
        int perImage = values.length / batch.size();
        for (int image = 0; image < batch.size(); image++) {
          dropout.fill(dropouts, layer.p(), image, values, image * perImage, perImage);
        }
        dropouts++;
        mask = tensor(values, shape);
      }
      List<Tensor> parameters =
          placed.parameters().stream().map(parameter -> tensors.get(parameter.name())).toList();
      boolean inTraining =
          !(training.isFrozen(placed.path()) && placed.layer() instanceof BatchNorm2d);
      value = placed.layer().accept(new TorchLayers(value, parameters, inTraining, mask));
      shape = placed.layer().outputShape(shape);
    }
    return value;
  }

  /** Of the array's beginning. */
  private Tensor tensor(float[] values, Shape shape) {
    return Torch.tensor(Arrays.copyOf(values, (int) shape.elements()), shape).to(type);
  }

  private static Tensor labels(Batch batch) {
    long[] labels = Arrays.stream(batch.labels(), 0, batch.size()).asLongStream().toArray();
    return Tensor.create(labels, batch.size());
  }
}
