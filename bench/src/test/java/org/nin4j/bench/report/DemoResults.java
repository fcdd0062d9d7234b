package org.nin4j.bench.report;

import static org.nin4j.bench.result.Contender.NIN4J_BF16;
import static org.nin4j.bench.result.Contender.NIN4J_FP32;
import static org.nin4j.bench.result.Contender.NIN4J_INT8;
import static org.nin4j.bench.result.Contender.ONNX_RUNTIME;
import static org.nin4j.bench.result.Contender.PYTORCH_BF16;
import static org.nin4j.bench.result.Contender.PYTORCH_DJL;
import static org.nin4j.bench.result.Contender.PYTORCH_FP32;
import static org.nin4j.bench.result.Work.INFERENCE;
import static org.nin4j.bench.result.Work.TRAINING;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.EndToEnd;
import org.nin4j.bench.result.Growth;
import org.nin4j.bench.result.Results;
import org.nin4j.bench.result.Start;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Timing;

/** A run that nobody has measured, of plausible numbers whose ratios are easily seen. */
final class DemoResults {
  static final Results EMPTY =
      new Results("2026-11-23", Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of());

  private static final long MEBI = 1024 * 1024;

  private final List<Timing> timings = new ArrayList<>();

  private DemoResults() {}

  static Results full() {
    DemoResults demo = new DemoResults();
    for (int batch : List.of(64, 128)) {
      Task training = new Task("nin", 224, TRAINING, batch);
      demo.add(training, NIN4J_FP32, 50, 1000);
      demo.add(training, NIN4J_BF16, 95, 800);
      demo.add(training, PYTORCH_DJL, 20, 3000);
      demo.add(training, PYTORCH_FP32, 25, 2000);
      demo.add(training, PYTORCH_BF16, 51, 1500);
    }
    Task inference = new Task("nin", 224, INFERENCE, 64);
    demo.add(inference, NIN4J_FP32, 154, 400);
    demo.add(inference, NIN4J_BF16, 294, 350);
    demo.add(inference, NIN4J_INT8, 1147, 300);
    demo.add(inference, PYTORCH_DJL, 70, 900);
    demo.add(inference, PYTORCH_FP32, 77, 800);
    demo.add(inference, PYTORCH_BF16, 196, 700);
    demo.add(inference, ONNX_RUNTIME, 140, 500);
    demo.add(new Task("nin", 224, INFERENCE, 1), NIN4J_FP32, 110, 150);
    demo.add(new Task("nin", 224, INFERENCE, 1), ONNX_RUNTIME, 100, 200);
    for (int batch : List.of(64, 128)) {
      Task training = new Task("nin-cifar10", 32, TRAINING, batch);
      demo.add(training, NIN4J_FP32, 150, 500);
      demo.add(training, NIN4J_BF16, 320, 450);
      demo.add(training, PYTORCH_DJL, 90, 700);
      demo.add(training, PYTORCH_FP32, 80, 650);
      demo.add(training, PYTORCH_BF16, 160, 600);
    }
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("processor", "Example Processor");
    machine.put("threads", "2");
    machine.put("Java", "17");
    return new Results(
        "2026-11-23",
        machine,
        Map.of("fp32", around(250), "bf16", around(500), "int8", around(2000)),
        demo.timings,
        List.of(
            new Start(NIN4J_FP32, around(0.5), 30 * MEBI),
            new Start(PYTORCH_DJL, around(2), 300 * MEBI),
            new Start(ONNX_RUNTIME, around(1), 90 * MEBI)),
        List.of(
            new EndToEnd(new Task("nin", 224, TRAINING, 128), "fp32", around(48), around(50)),
            new EndToEnd(new Task("nin", 224, TRAINING, 128), "bf16", around(90), around(100))),
        growth());
  }

  private void add(Task task, Contender contender, double speed, long mebibytes) {
    timings.add(new Timing(task, contender, around(speed), mebibytes * MEBI, 1.2e-6));
  }

  /** Three rounds whose median this is. */
  static List<Double> around(double median) {
    return List.of(median * 1.1, median * 0.9, median);
  }

  private static List<Growth> growth() {
    List<Growth> points = new ArrayList<>();
    for (int batch : List.of(1, 8, 64)) {
      points.add(new Growth(TRAINING, "fp32", "batch", batch, 40 + batch / 8.0, batch * 8L * MEBI));
      points.add(
          new Growth(INFERENCE, "fp32", "batch", batch, 100 + batch / 8.0, batch * 4L * MEBI));
    }
    points.add(new Growth(TRAINING, "fp32", "size", 96, 400, 300 * MEBI));
    points.add(new Growth(TRAINING, "fp32", "size", 224, 50, 600 * MEBI));
    points.add(new Growth(TRAINING, "fp32", "epoch", 1, 50, 600 * MEBI));
    points.add(new Growth(TRAINING, "fp32", "epoch", 20, 50, 601 * MEBI));
    return points;
  }
}
