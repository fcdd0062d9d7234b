package org.nin4j.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Spark's own standalone cluster on this machine: a master and workers of one core each, as
 * processes of their own. Logs and all temporary files are in a folder in {@code target}. All
 * processes end when the cluster is closed, and when the process of the tests ends in any other
 * way.
 */
final class StandaloneCluster implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String DEPLOY = "org.apache.spark.deploy.";

  private final Path folder;
  private final Path home;
  private final List<SparkProcess> drivers = new ArrayList<>();
  private final List<SparkProcess> workers = new ArrayList<>();
  private SparkProcess masterProcess;
  private String master;

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    home = SparkHome.create(Path.of("target", "spark-home").toAbsolutePath());
  }

  /**
   * Starts a cluster and waits until its workers are registered.
   *
   * @param count number of workers
   */
  static StandaloneCluster start(int count) throws IOException {
    Path clusters = Files.createDirectories(Path.of("target", "clusters").toAbsolutePath());
    StandaloneCluster cluster =
        new StandaloneCluster(Files.createTempDirectory(clusters, "cluster-"));
    try {
      cluster.startMaster();
      for (int i = 0; i < count; i++) {
        cluster.startWorker();
      }
      for (SparkProcess worker : cluster.workers) {
        worker.await("Successfully registered with master", LIMIT);
      }
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private void startMaster() throws IOException {
    masterProcess =
        start("master.log", "master.Master", "--host", HOST, "--port", "0", "--webui-port", "0");
    master = masterProcess.await("Starting Spark master at (spark://\\S+)", LIMIT).group(1);
  }

  /** Starts one more worker, without waiting for it. */
  void startWorker() throws IOException {
    String name = "worker-" + workers.size();
    workers.add(
        start(
            name + ".log",
            "worker.Worker",
            "--host",
            host(workers.size()),
            "--cores",
            "1",
            "--memory",
            "2g",
            "--webui-port",
            "0",
            "--work-dir",
            folder.resolve(name).toString(),
            master));
  }

  /**
   * Workers have addresses of their own where the whole of 127.0.0.0/8 is this machine, as on
   * Linux: Spark does not repeat a slow task on the same host.
   */
  private static String host(int worker) {
    String own = "127.0.0." + (2 + worker);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(own))) {
      return socket.getInetAddress().getHostAddress();
    } catch (IOException e) {
      return HOST;
    }
  }

  private SparkProcess start(String log, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(DEPLOY + main));
    command.addAll(List.of(arguments));
    List<String> options =
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=org/apache/spark/log4j2-defaults.properties",
            "-Dspark.master.rest.enabled=false",
            "-Dspark.deploy.maxExecutorRetries=-1"); // -1 is for ever
    Path classes = Path.of("target", "test-classes").toAbsolutePath();
    return SparkProcess.start(
        home, folder.resolve(log), classes.toString(), options, command.toArray(new String[0]));
  }

  /** Where the cluster is, such as {@code spark://127.0.0.1:7077}. */
  String master() {
    return master;
  }

  /** A folder for whatever a test writes, removed by {@code mvn clean}. */
  Path folder() {
    return folder;
  }

  /** A session's settings: one executor of one core on each worker. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.master", master);
    settings.put("spark.app.name", "nin4j");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.driver.host", HOST);
    settings.put("spark.driver.bindAddress", HOST);
    settings.put("spark.local.dir", folder.resolve("local").toString());
    settings.put("spark.executor.memory", "1g");
    settings.put("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    settings.put("spark.executor.extraClassPath", SparkHome.usersClassPath());
    settings.put("spark.cores.max", String.valueOf(workers.size()));
    settings.put("spark.scheduler.minRegisteredResourcesRatio", "1"); // of cores.max
    settings.put("spark.scheduler.maxRegisteredResourcesWaitingTime", LIMIT.toSeconds() + "s");
    return settings;
  }

  /**
   * Starts a driver in a process of its own.
   *
   * @param log name of the file in the {@link #folder} that its output goes to
   * @param more settings, which override the {@link #settings}
   * @param command the class with the main method, and its arguments
   */
  SparkProcess driver(String log, Map<String, String> more, String... command) throws IOException {
    Map<String, String> all = settings();
    all.putAll(more);
    List<String> options = new ArrayList<>(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    all.forEach((name, value) -> options.add("-D" + name + "=" + value));
    SparkProcess driver =
        SparkProcess.start(home, folder.resolve(log), SparkHome.usersClassPath(), options, command);
    drivers.add(driver);
    return driver;
  }

  /** The processes of the executors. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> worker.children().stream()).toList();
  }

  /** All processes that were started and are alive. */
  List<ProcessHandle> processes() {
    return Stream.of(drivers, workers, List.of(masterProcess))
        .flatMap(List::stream)
        .flatMap(SparkProcess::all)
        .toList();
  }

  /** Ends all processes. */
  @Override
  public void close() {
    drivers.forEach(SparkProcess::close);
    workers.forEach(SparkProcess::close);
    if (masterProcess != null) {
      masterProcess.close();
    }
  }
}
