package org.nin4j.bench.rival;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Starts Java processes, all with the same JVM options.
 *
 * @param cache a folder for what DJL unpacks
 * @param threads how many threads compute in each
 */
public record ChildLauncher(Path cache, int threads) {
  private static final List<String> OPTIONS =
      List.of("-Xmx3g", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

  /**
   * Starts one.
   *
   * @param name for messages
   * @param options further ones for the JVM
   * @param main the name of a class
   */
  public ChildProcess start(
      String name, String classPath, List<String> options, String main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Dai.djl.pytorch.num_threads=" + threads);
    command.add("-D" + ChildSettings.THREADS + "=" + threads);
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(main);
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("DJL_CACHE_DIR", cache.toString());
    builder.environment().put("DJL_OFFLINE", "true");
    builder.environment().put("OPT_OUT_TRACKING", "true");
    builder.environment().put("PYTORCH_PRECXX11", "false");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ChildProcess(name, builder);
  }
}
