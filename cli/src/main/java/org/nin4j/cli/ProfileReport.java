package org.nin4j.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.nin4j.engine.Precision;
import org.nin4j.engine.StepProfile;
import org.nin4j.internal.Table;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Summary;
import org.nin4j.train.TrainingProfile;
import org.nin4j.train.TrainingProfile.Part;

/**
 * A table of where the time of a training step was spent: each pass of each layer with the
 * implementation that ran, the rest of the step, and the reorders.
 */
final class ProfileReport {
  private static final String NONE = "-";
  private static final int WIDTH = 110;

  private final TrainingProfile profile;
  private final List<Summary.Row> layers;
  private final Precision precision;
  private final double peak;
  private final Table table =
      new Table(3, "Layer", "Pass", "Implementation", "ms", "step %", "GFLOP/s", "peak %");

  /**
   * Creates a report.
   *
   * @param precision the precision of the training
   * @param peak the arithmetic peak of one thread in that precision in GFLOP/s; 0 if it is unknown
   */
  ProfileReport(TrainingProfile profile, Network network, Precision precision, double peak) {
    this.profile = profile;
    this.precision = precision;
    this.peak = peak;
    layers = Summary.of(network, network.input().withBatch(profile.batchSize())).leaves();
  }

  String text() {
    if (profile.steps() == 0) {
      return "profile: nothing to show; it excludes the first step, and no other step had "
          + profile.batchSize()
          + " images\n";
    }
    layers.forEach(this::layer);
    table.rule();
    sum("forward pass", step -> !step.isReorder() && step.isForward());
    sum("backward pass", step -> !step.isReorder() && !step.isForward());
    long reorders = profile.layers().stream().filter(StepProfile::isReorder).count();
    if (reorders > 0) {
      sum("reorders: " + reorders, StepProfile::isReorder);
    }
    for (Part part : Part.values()) {
      double milliseconds = profile.milliseconds(part);
      if (milliseconds > 0) {
        row(part.toString(), "", "", milliseconds, 0);
      }
    }
    table.rule();
    row("step", "", "", profile.milliseconds(), flop(step -> true));
    return title() + "\n" + table.text() + reorderNames();
  }

  private String title() {
    return String.format(
        Locale.ROOT,
        "profile of a step: %d images, mean of %,d %s, %s images/s; time of all threads (%d); %s%n",
        profile.batchSize(),
        profile.steps(),
        profile.steps() == 1 ? "step" : "steps",
        ProgressBar.rate(1e3 * profile.threads() * profile.batchSize() / profile.milliseconds()),
        profile.threads(),
        peak == 0
            ? "a thread's peak is not known"
            : String.format(Locale.ROOT, "a thread's peak in %s: %,.0f GFLOP/s", precision, peak));
  }

  private void layer(Summary.Row layer) {
    String name = layer.path() + " " + brief(layer.layer());
    boolean first = true;
    for (StepProfile step : profile.layers()) {
      if (!step.isReorder() && step.layer().equals(layer.path())) {
        String code = brief(step.implementation());
        row(first ? name : "", step.work(), code, profile.milliseconds(step), flop(step));
        first = false;
      }
    }
    if (first) {
      table.row(List.of(name, NONE, NONE, NONE, NONE, NONE, NONE));
    }
  }

  private static String brief(Layer layer) {
    String size = "";
    if (layer instanceof Conv2d c) {
      size = " " + c.inChannels() + "->" + c.outChannels();
      size += " " + c.kernel().height() + "x" + c.kernel().width();
    } else if (layer instanceof Linear linear) {
      size = " " + linear.inFeatures() + "->" + linear.outFeatures();
    }
    return layer.kind() + size;
  }

  /** Names the instruction set of a pair once: {@code a:avx2+b:avx2} becomes {@code a+b:avx2}. */
  private static String brief(String implementation) {
    return implementation.replaceFirst("(:[^+]+)(?=\\+[^+]+\\1$)", "");
  }

  private void sum(String name, Predicate<StepProfile> which) {
    double milliseconds =
        profile.layers().stream().filter(which).mapToDouble(profile::milliseconds).sum();
    row(name, "", "", milliseconds, flop(which));
  }

  /** Adds a row; without multiply-adds it has no speed. */
  private void row(String name, String pass, String code, double milliseconds, double flop) {
    double gflops = flop / milliseconds / 1e6;
    table.row(
        List.of(
            name,
            pass,
            code,
            String.format(Locale.ROOT, "%.3f", milliseconds),
            percent(milliseconds / profile.milliseconds()),
            flop == 0 ? NONE : String.format(Locale.ROOT, "%.1f", gflops),
            flop == 0 || peak == 0 ? NONE : percent(gflops / peak)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private double flop(Predicate<StepProfile> which) {
    return profile.layers().stream().filter(which).mapToDouble(this::flop).sum();
  }

  /**
   * Returns the operations of a step: two for each multiply-add. The passes for the gradients of
   * the weights and of the data have as many as the forward pass.
   */
  private double flop(StepProfile step) {
    return step.isReorder()
        ? 0
        : layers.stream()
            .filter(layer -> layer.path().equals(step.layer()))
            .mapToDouble(layer -> 2.0 * layer.costs().multiplyAdds())
            .sum();
  }

  /** Lists the paths of the layers and their milliseconds for each kind of reorder. */
  private String reorderNames() {
    Map<String, StringJoiner> kinds = new LinkedHashMap<>();
    for (StepProfile step : profile.layers()) {
      if (step.isReorder()) {
        String item =
            String.format(Locale.ROOT, "%s %.3f", step.layer(), profile.milliseconds(step));
        kinds.computeIfAbsent(step.work(), work -> new StringJoiner(", ")).add(item.strip());
      }
    }
    StringBuilder text = new StringBuilder(kinds.isEmpty() ? "" : "\nreorders, in ms:\n");
    kinds.forEach((work, items) -> text.append(wrapped("  " + work + ": " + items)));
    return text.toString();
  }

  /** Breaks a line after commas into lines of at most {@link #WIDTH} characters. */
  private static String wrapped(String line) {
    int end = line.length() <= WIDTH ? -1 : line.lastIndexOf(", ", WIDTH - 1);
    return end < 0
        ? line + "\n"
        : line.substring(0, end + 1) + "\n" + wrapped("      " + line.substring(end + 2));
  }
}
