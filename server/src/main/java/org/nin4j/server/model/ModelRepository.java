package org.nin4j.server.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.nin4j.Classifier;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.Precision;
import org.nin4j.error.ClosedException;
import org.nin4j.internal.Quoted;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.SourceModel;

/**
 * The models of a server, by name, and the threads that compute with them. One thread for each
 * processor is best: every image is computed on one thread.
 *
 * <p>All methods may be called by any thread, also while a server answers: a model that is added
 * answers as soon as {@link #add} has returned. Whoever made the repository closes it, unless it
 * was given to a {@link org.nin4j.server.NinServer}, which then does. The memory of the models and
 * the threads live until then. Closing it twice does no harm.
 */
public final class ModelRepository implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Engine engine;
  private final int threads;
  private final int queueCapacity;
  private final InferenceThreads inferenceThreads;
  private final ConcurrentSkipListMap<String, ServedModel> models = new ConcurrentSkipListMap<>();
  private volatile boolean closed;

  /**
   * Makes an empty repository over the best engine of this machine.
   *
   * @param threads how many images are computed at the same time, at least 1
   * @param queueCapacity how many requests may wait for each model, at least 1
   * @throws IllegalArgumentException when a number is below 1
   */
  public ModelRepository(int threads, int queueCapacity) {
    this(Engines.best(), threads, queueCapacity);
  }

  /**
   * Makes an empty repository.
   *
   * @param engine what computes
   * @param threads how many images are computed at the same time, at least 1
   * @param queueCapacity how many requests may wait for each model, at least 1
   * @throws IllegalArgumentException when a number is below 1
   */
  public ModelRepository(Engine engine, int threads, int queueCapacity) {
    if (threads < 1 || queueCapacity < 1) {
      throw new IllegalArgumentException(
          "a server needs at least one thread and one place in the queue, but got "
              + threads
              + " and "
              + queueCapacity);
    }
    this.engine = engine;
    this.threads = threads;
    this.queueCapacity = queueCapacity;
    inferenceThreads = new InferenceThreads(threads);
  }

  /**
   * Reads a model file and serves it.
   *
   * @param name letters, digits, dots, hyphens and underscores; not yet in use
   * @param file a model file in any format that {@link org.nin4j.io.Models} reads
   * @param options what the file does not say
   * @throws IllegalArgumentException when the name is in use or cannot be one
   * @throws ClosedException when the repository has been closed
   * @throws IOException as {@link SourceModel#read(Path, ImportOptions)} does
   */
  public void add(String name, Path file, ImportOptions options) throws IOException {
    add(name, ModelSource.file(file, options));
  }

  /**
   * Reads a model and serves it.
   *
   * @param name letters, digits, dots, hyphens and underscores; not yet in use
   * @param source where to read it, now and when it is loaded again
   * @throws IllegalArgumentException when the name is in use or cannot be one
   * @throws ClosedException when the repository has been closed
   * @throws EngineException when the engine cannot run the model, or memory does not suffice
   * @throws IOException when the model cannot be read
   */
  public void add(String name, ModelSource source) throws IOException {
    requireFree(name);
    Optional<FileStamp> stamp = FileStamp.of(source);
    add(name, source, stamp, source.read());
  }

  /**
   * Serves a model that was read already.
   *
   * @param name letters, digits, dots, hyphens and underscores; not yet in use
   * @param source where to read it when it is loaded again
   * @param first what was read there
   * @throws IllegalArgumentException when the name is in use or cannot be one
   * @throws ClosedException when the repository has been closed
   * @throws EngineException when the engine cannot run the model, or memory does not suffice
   */
  public void add(String name, ModelSource source, SourceModel first) {
    requireFree(name);
    add(name, source, FileStamp.of(source), first);
  }

  /**
   * Serves a model that does not change.
   *
   * @param name letters, digits, dots, hyphens and underscores; not yet in use
   * @param source the model
   * @throws IllegalArgumentException when the name is in use or cannot be one
   * @throws ClosedException when the repository has been closed
   * @throws EngineException when the engine cannot run the model, or memory does not suffice
   */
  public void add(String name, SourceModel source) {
    add(name, () -> source, source);
  }

  private void requireFree(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "the name of a model has letters, digits, '.', '-' and '_', at most 100, but this is "
              + Quoted.text(name));
    }
    if (closed) {
      throw closedAlready();
    }
    if (models.containsKey(name)) {
      throw twoNamed(name);
    }
  }

  private static ClosedException closedAlready() {
    return new ClosedException("the models have been closed; add this one to another repository");
  }

  private static IllegalArgumentException twoNamed(String name) {
    return new IllegalArgumentException("there are two models named " + name + "; rename one");
  }

  private void add(String name, ModelSource source, Optional<FileStamp> stamp, SourceModel first) {
    LoadedModel loaded = load(source, first);
    ServedModel added =
        new ServedModel(name, inferenceThreads.line(queueCapacity), source, stamp, loaded);
    if (models.putIfAbsent(name, added) != null) {
      added.close();
      throw twoNamed(name);
    }
    if (closed) { // perhaps after it has closed all that it knew of
      added.close();
      throw closedAlready();
    }
  }

  /**
   * Says whether a model can have a name.
   *
   * @param name any text
   * @return whether it begins with a letter or a digit and has at most 100 letters, digits, dots,
   *     hyphens and underscores, all of them ASCII
   */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  private LoadedModel load(ModelSource source, SourceModel read) {
    Precision precision = source.precision(engine, read);
    Classifier classifier =
        Classifier.builder(read.model())
            .engine(engine)
            .precision(precision)
            .replicas(threads)
            .build();
    try {
      classifier.compileReplicas();
    } catch (RuntimeException | Error e) {
      classifier.close();
      throw e;
    }
    return new LoadedModel(read, precision, classifier);
  }

  /**
   * Loads a model again, on the calling thread, and lets it answer from then on. Until it has been
   * compiled and has run once, and if it cannot be loaded, the one before answers, which also
   * finishes the requests that it has; its memory is freed after the last of them. There must be
   * memory for both. The new model may have other classes or another size.
   *
   * @param name the name of a model
   * @return false when the repository was closed meanwhile
   * @throws IllegalArgumentException when there is no model of that name
   * @throws EngineException when the engine cannot run the model, or memory does not suffice
   * @throws IOException when the model cannot be read
   */
  public boolean reload(String name) throws IOException {
    ServedModel served =
        find(name)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no model " + Quoted.text(name)));
    return served.reload(source -> load(source, source.read()));
  }

  /**
   * Finds a model.
   *
   * @param name compared with the names in use, never made part of a path
   * @return the model, if there is one of that name
   */
  public Optional<ServedModel> find(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** {@return all models, sorted by name} */
  public Collection<ServedModel> models() {
    return Collections.unmodifiableCollection(models.values());
  }

  /** {@return how many images are computed at the same time} */
  public int threads() {
    return threads;
  }

  /** {@return how many threads compute just now} */
  public int busyThreads() {
    return inferenceThreads.busy();
  }

  /** Abandons what waits, finishes what is computed, and frees the memory of all models. */
  @Override
  public void close() {
    closed = true;
    inferenceThreads.close();
    models.values().forEach(ServedModel::close);
  }
}
