package org.nin4j.bench.report;

import static org.nin4j.bench.report.Goal.Bound.AT_LEAST;
import static org.nin4j.bench.report.Goal.Bound.AT_MOST;
import static org.nin4j.bench.result.Contender.NIN4J_BF16;
import static org.nin4j.bench.result.Contender.NIN4J_FP32;
import static org.nin4j.bench.result.Contender.NIN4J_INT8;
import static org.nin4j.bench.result.Contender.ONNX_RUNTIME;
import static org.nin4j.bench.result.Contender.PYTORCH_BF16;
import static org.nin4j.bench.result.Contender.PYTORCH_DJL;
import static org.nin4j.bench.result.Contender.PYTORCH_FP32;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.nin4j.bench.report.Goal.Part;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.EndToEnd;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;

/** The goals of the library, and whether the measurements meet them. */
final class Goals {
  private static final List<Integer> TRAINING_BATCHES = List.of(64, 128);

  private final Measured measured;

  private Goals(Measured measured) {
    this.measured = measured;
  }

  static String table(Measured measured) {
    MarkdownTable table = new MarkdownTable(4, List.of("ratio", "goal", "measured", "met"));
    new Goals(measured)
        .all()
        .forEach(g -> table.row(List.of(g.what(), g.target(), g.measured(), g.met())));
    return table.toString();
  }

  private List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    goals.add(training("fp32 against PyTorch through DJL", 2.0, NIN4J_FP32, PYTORCH_DJL));
    goals.add(training("fp32 against PyTorch, channels_last", 1.9, NIN4J_FP32, PYTORCH_FP32));
    goals.add(training("bf16 against PyTorch, bf16, channels_last", 1.9, NIN4J_BF16, PYTORCH_BF16));
    goals.add(inference("fp32", 64, 1.05, NIN4J_FP32));
    goals.add(inference("fp32", 1, 1.15, NIN4J_FP32));
    goals.add(inference("bf16", 64, 1.9, NIN4J_BF16));
    goals.add(inference("int8", 64, 3.7, NIN4J_INT8));
    goals.add(
        endToEnd(
            "`nin train` end to end against its bare plan",
            0.95,
            each -> true,
            each -> Measured.quotient(median(each.training()), median(each.plan()))));
    goals.add(
        endToEnd(
            "`nin train` end to end, fp32, against the arithmetic peak",
            0.88,
            each -> each.precision().equals(Precision.FP32.title()),
            each -> measured.shareOfPeak(each.task(), each.precision(), median(each.training()))));
    goals.add(memory());
    goals.add(
        only(
            "process start to first prediction against PyTorch through DJL",
            AT_MOST,
            0.3,
            Measured.quotient(
                measured.startSeconds(NIN4J_FP32), measured.startSeconds(PYTORCH_DJL))));
    goals.addAll(small("nin-cifar10", 32));
    goals.addAll(small("nin-mnist", 28));
    return goals;
  }

  private Goal training(String what, double limit, Contender ours, Contender theirs) {
    return new Goal(
        "training " + what,
        AT_LEAST,
        limit,
        batches(batch -> measured.ratio(Measured.atFullSize(Work.TRAINING, batch), ours, theirs)));
  }

  private Goal inference(String precision, int batch, double limit, Contender ours) {
    return only(
        "inference " + precision + " against ONNX Runtime fp32, batch " + batch,
        AT_LEAST,
        limit,
        measured.ratio(Measured.atFullSize(Work.INFERENCE, batch), ours, ONNX_RUNTIME));
  }

  private Goal endToEnd(
      String what,
      double limit,
      Predicate<EndToEnd> counts,
      Function<EndToEnd, Optional<Double>> ratio) {
    List<Part> parts =
        measured.endToEndAtFullSize().stream()
            .filter(counts)
            .map(
                each ->
                    new Part(
                        each.precision() + ", batch " + each.task().batch(), ratio.apply(each)))
            .toList();
    return new Goal(
        what, AT_LEAST, limit, parts.isEmpty() ? List.of(new Part("", Optional.empty())) : parts);
  }

  private Goal memory() {
    Task task = Measured.atFullSize(Work.TRAINING, 128);
    Optional<Double> least =
        measured
            .smallest(task, Measured.PYTORCH_FP32)
            .flatMap(contender -> measured.peakBytes(task, contender));
    return only(
        "peak resident memory in training, batch 128, fp32, against PyTorch's least",
        AT_MOST,
        0.6,
        Measured.quotient(measured.peakBytes(task, NIN4J_FP32), least));
  }

  private List<Goal> small(String network, int size) {
    String what = network + " at " + size + "x" + size + ", training ";
    return List.of(
        new Goal(
            what + "fp32 against PyTorch's best in fp32",
            AT_LEAST,
            1.5,
            batches(batch -> best(network, size, batch, NIN4J_FP32, Measured.PYTORCH_FP32))),
        new Goal(
            what + "bf16 against PyTorch's best of all",
            AT_LEAST,
            1.5,
            batches(batch -> best(network, size, batch, NIN4J_BF16, Measured.PYTORCH))));
  }

  private Optional<Double> best(
      String network, int size, int batch, Contender ours, List<Contender> peers) {
    Task task = new Task(network, size, Work.TRAINING, batch);
    return measured.fastest(task, peers).flatMap(theirs -> measured.ratio(task, ours, theirs));
  }

  private static List<Part> batches(Function<Integer, Optional<Double>> ratio) {
    return TRAINING_BATCHES.stream()
        .map(batch -> new Part("batch " + batch, ratio.apply(batch)))
        .toList();
  }

  private static Goal only(String what, Goal.Bound bound, double limit, Optional<Double> ratio) {
    return new Goal(what, bound, limit, List.of(new Part("", ratio)));
  }

  private static Optional<Double> median(List<Double> rounds) {
    return Spread.of(rounds).map(Spread::median);
  }
}
