package org.nin4j.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nin4j.bench.rival.Child;

/**
 * Starts processes, all with the same JVM options and the same number of threads.
 *
 * @param program this program's jar
 * @param cache a folder for what DJL unpacks
 */
record Children(Path program, Library library, Path cache, int threads) {
  private static final List<String> OPTIONS =
      List.of("-Xmx3g", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

  /** One that waits to be asked. */
  ChildProcess child(Contender contender, Task task) throws IOException {
    return start(
        contender,
        Child.class,
        contender.name(),
        task.network(),
        Integer.toString(task.size()),
        task.work().name(),
        Integer.toString(task.batch()));
  }

  /** One that does its work unasked. */
  ChildProcess start(Contender contender, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Dai.djl.pytorch.num_threads=" + threads);
    command.add("-cp");
    command.add(library.classPath(contender, program));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("DJL_CACHE_DIR", cache.toString());
    builder.environment().put("DJL_OFFLINE", "true");
    builder.environment().put("OPT_OUT_TRACKING", "true");
    builder.environment().put("PYTORCH_PRECXX11", "false");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ChildProcess(contender.title(), builder);
  }

  Children withThreads(int newThreads) {
    return new Children(program, library, cache, newThreads);
  }
}
