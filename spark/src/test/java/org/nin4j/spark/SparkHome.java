package org.nin4j.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An installation of Spark, made of the jars that are on the class path of the tests. What is not
 * Spark's, such as this library and its natives, is no part of it: executors get that as users'
 * jars.
 */
final class SparkHome {
  private static final Pattern OWN = Pattern.compile("(nin4j|javacpp|dnnl|opencl|jna)-.*");
  private static final Pattern JUNIT =
      Pattern.compile("(junit|opentest4j|apiguardian|jspecify|surefire).*");

  private SparkHome() {}

  /**
   * Creates the folder with its {@code jars}, or completes it.
   *
   * @param folder the folder, as it will be in SPARK_HOME
   * @return the folder
   */
  static Path create(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (Path jar : classPath()) {
      Path link = jars.resolve(jar.getFileName());
      if (isSparks(jar) && !Files.exists(link)) {
        link(link, jar);
      }
    }
    return folder;
  }

  private static void link(Path link, Path jar) throws IOException {
    try {
      Files.deleteIfExists(link); // to a file that is gone
      Files.createSymbolicLink(link, jar);
    } catch (IOException | UnsupportedOperationException e) { // not allowed, or not possible
      Files.copy(jar, link);
    }
  }

  /**
   * The class path of executors besides Spark's jars: this module, its tests, what it depends on.
   */
  static String usersClassPath() {
    return classPath().stream()
        .filter(entry -> Files.isDirectory(entry) || OWN.matcher(name(entry)).matches())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isSparks(Path entry) {
    String name = name(entry);
    return name.endsWith(".jar") && Stream.of(OWN, JUNIT).noneMatch(p -> p.matcher(name).matches());
  }

  private static String name(Path entry) {
    return entry.getFileName().toString();
  }

  private static List<Path> classPath() {
    String entries =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(entries)
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(Files::exists)
        .toList();
  }
}
