package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_stream;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/** The steps of a network for one batch size, ready to run once they are bound to an arena. */
final class Program implements AutoCloseable {
  private final Scope scope;
  private final Map<Phase, List<Op>> ops;
  private final Map<Value, dnnl_memory> memories;
  private final List<Value> exposed;
  private final long arenaBytes;
  private NativeMemory boundTo;

  Program(
      Scope scope,
      Map<Phase, List<Op>> ops,
      Map<Value, dnnl_memory> memories,
      List<Value> exposed,
      long arenaBytes) {
    this.scope = scope;
    this.ops = ops;
    this.memories = memories;
    this.exposed = List.copyOf(exposed);
    this.arenaBytes = arenaBytes;
  }

  long arenaBytes() {
    return arenaBytes;
  }

  /** Points every tensor into the arena. */
  void bind(NativeMemory arena) {
    if (boundTo == arena) {
      return;
    }
    memories.forEach(
        (value, memory) -> {
          Buffer buffer = value.buffer();
          Dnnl.check(
              dnnl_memory_set_data_handle(memory, buffer.home(arena).at(buffer.offset())),
              "a memory object");
        });
    exposed.forEach(value -> value.expose(arena));
    boundTo = arena;
  }

  void run(Phase phase, dnnl_stream stream) {
    List<Op> steps = ops.get(phase);
    long time = System.nanoTime();
    for (int i = 0; i < steps.size(); i++) { // an iterator would be garbage
      time = steps.get(i).execute(stream, time);
    }
  }

  /** The steps of a phase, in their order. */
  List<Op> ops(Phase phase) {
    return ops.get(phase);
  }

  @Override
  public void close() {
    scope.close();
  }
}
