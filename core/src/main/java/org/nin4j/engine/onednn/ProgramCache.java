package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/**
 * What a plan owns on the native side: a oneDNN engine and stream, the arena, and a program for
 * each batch size that occurs, made when it first does (the last batch of an epoch is smaller). All
 * programs share the arena.
 */
final class ProgramCache implements AutoCloseable {
  private static final int KEPT = 4;

  private final Scope scope = new Scope();
  private final dnnl_engine engine = new dnnl_engine();
  private final dnnl_stream stream = new dnnl_stream();
  private final Map<Integer, CompiledNetwork> compiled = new LinkedHashMap<>(16, 0.75f, true);
  private int currentBatch;
  private CompiledNetwork current;
  private NativeMemory arena;

  ProgramCache() {
    Dnnl.check(dnnl_engine_create(engine, dnnl_cpu, 0), "an engine");
    scope.onClose(() -> dnnl_engine_destroy(engine));
    Dnnl.check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "a stream");
    scope.onClose(() -> dnnl_stream_destroy(stream));
  }

  dnnl_engine engine() {
    return engine;
  }

  /** The program for a batch of this size, bound to the arena. */
  CompiledNetwork forBatch(int batch, IntFunction<CompiledNetwork> compiler) {
    if (batch != currentBatch) {
      current = find(batch, compiler);
      currentBatch = batch;
    }
    return current;
  }

  private CompiledNetwork find(int batch, IntFunction<CompiledNetwork> compiler) {
    currentBatch = 0;
    CompiledNetwork program = compiled.get(batch);
    if (program == null) {
      program = compiler.apply(batch);
      compiled.put(batch, program);
      forgetOldest();
    }
    if (arena == null || arena.bytes() < program.program().arenaBytes()) {
      if (arena != null) {
        arena.close();
        arena = null;
      }
      arena = new NativeMemory(program.program().arenaBytes());
    }
    program.program().bind(arena);
    return program;
  }

  private void forgetOldest() {
    Iterator<CompiledNetwork> oldestFirst = compiled.values().iterator();
    while (compiled.size() > KEPT) {
      oldestFirst.next().close();
      oldestFirst.remove();
    }
  }

  /** The program that has run most often. */
  Program mostRun() {
    return compiled.values().stream()
        .map(CompiledNetwork::program)
        .max(Comparator.comparingLong(Program::runs))
        .orElseThrow();
  }

  /** Bytes of the arena. */
  long bytes() {
    return arena.bytes();
  }

  void run(CompiledNetwork program, Phase phase) {
    program.program().run(phase, stream);
    Dnnl.check(dnnl_stream_wait(stream), "a stream");
  }

  @Override
  public void close() {
    compiled.values().forEach(CompiledNetwork::close);
    if (arena != null) {
      arena.close();
    }
    scope.close();
  }
}
