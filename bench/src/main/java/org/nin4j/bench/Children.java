package org.nin4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.rival.Child;
import org.nin4j.bench.rival.ChildLauncher;
import org.nin4j.bench.rival.ChildProcess;
import org.nin4j.bench.rival.ChildSettings;
import org.nin4j.bench.rival.QuantizeChild;

/**
 * Starts processes, all with the same JVM options and the same number of threads.
 *
 * @param program this program's jar
 * @param cache a folder for what DJL unpacks, and for quantized models
 */
record Children(Path program, Library library, Path cache, int threads) {
  /** A process that waits for commands. */
  ChildProcess child(Contender contender, Task task) throws IOException {
    List<String> options =
        contender == Contender.NIN4J_INT8
            ? List.of("-D" + ChildSettings.INTEGERS + "=" + quantized(task))
            : List.of();
    return start(
        contender,
        options,
        Child.class,
        contender.name(),
        task.network(),
        Integer.toString(task.size()),
        task.work().name(),
        Integer.toString(task.batch()));
  }

  /** The file of the task's network in integers, which another process writes. */
  private Path quantized(Task task) throws IOException {
    String name = task.network() + "-" + task.size();
    Path file = Files.createDirectories(cache).resolve("int8-" + name + ".safetensors");
    try (ChildProcess process =
        start(
            Contender.NIN4J_INT8,
            QuantizeChild.class,
            task.network(),
            Integer.toString(task.size()),
            file.toString())) {
      process.answer("about the quantized " + name);
    }
    return file;
  }

  /** A process that does its work without commands. */
  ChildProcess start(Contender contender, Class<?> main, String... arguments) throws IOException {
    return start(contender, List.of(), main, arguments);
  }

  private ChildProcess start(
      Contender contender, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    return new ChildLauncher(cache, threads)
        .start(
            contender.title(),
            library.classPath(contender, program),
            options,
            main.getName(),
            arguments);
  }

  Children withThreads(int newThreads) {
    return new Children(program, library, cache, newThreads);
  }
}
