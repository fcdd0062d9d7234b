package org.nin4j.bench.rival;

import java.io.IOException;
import java.nio.file.Path;
import org.nin4j.Engines;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.quantize.Quantizer;

/**
 * A process that quantizes a network and writes it: {@code NETWORK SIZE FILE}. Not the one that is
 * timed, whose memory would be that of the calibration.
 */
public final class QuantizeChild {
  private static final int CALIBRATION_IMAGES = 50;

  private QuantizeChild() {}

  /** Says when the file is there. */
  public static void main(String[] args) throws IOException {
    Task task = new Task(args[0], Integer.parseInt(args[1]), Work.INFERENCE, 1);
    Models.write(Path.of(args[2]), quantized(Exercise.model(task, true)));
    System.out.println(Protocol.ANSWER + args[2]);
  }

  static Model quantized(Model model) {
    int channels = model.network().input().channels();
    RandomImages images = new RandomImages(CALIBRATION_IMAGES, channels, model.network().classes());
    return new Quantizer(Engines.best(), images, CALIBRATION_IMAGES, ChildSettings.threads())
        .quantize(model);
  }
}
