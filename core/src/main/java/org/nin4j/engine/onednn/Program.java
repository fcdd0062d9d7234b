package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_stream;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/** The steps of a network for one batch size, ready to run once they are bound to an arena. */
final class Program implements AutoCloseable {
  private final Scope scope;
  private final Map<Phase, List<BoundPrimitive>> primitives;
  private final Map<Tensor, dnnl_memory> memories;
  private final List<Tensor> exposed;
  private final long arenaBytes;
  private final List<GradientMemory> gradients = new ArrayList<>();
  private NativeMemory boundTo;
  private GradientBlock gradientsIn;

  /** A tensor in the block of a shard's gradients. */
  private record GradientMemory(dnnl_memory memory, int parameter) {}

  Program(
      Scope scope,
      Map<Phase, List<BoundPrimitive>> primitives,
      Map<Tensor, dnnl_memory> memories,
      List<Tensor> exposed,
      long arenaBytes) {
    this.scope = scope;
    this.primitives = primitives;
    this.memories = memories;
    this.exposed = List.copyOf(exposed);
    this.arenaBytes = arenaBytes;
    memories.forEach(
        (tensor, memory) -> {
          if (tensor.buffer().isGradient()) {
            gradients.add(new GradientMemory(memory, tensor.buffer().parameter()));
          }
        });
  }

  long arenaBytes() {
    return arenaBytes;
  }

  /** Points every tensor but gradients into the arena, or to its fixed address. */
  void bind(NativeMemory arena) {
    if (boundTo == arena) {
      return;
    }
    memories.forEach(
        (tensor, memory) -> {
          if (!tensor.buffer().isGradient()) {
            Dnnl.check(
                dnnl_memory_set_data_handle(memory, tensor.buffer().address(arena)),
                "a memory object");
          }
        });
    exposed.forEach(tensor -> tensor.expose(arena));
    boundTo = arena;
  }

  /** Points every gradient into the block of a shard. */
  void bind(GradientBlock slot) {
    if (gradientsIn == slot) {
      return;
    }
    for (int i = 0; i < gradients.size(); i++) {
      GradientMemory gradient = gradients.get(i);
      Dnnl.check(
          dnnl_memory_set_data_handle(gradient.memory(), slot.address(gradient.parameter())),
          "a memory object");
    }
    gradientsIn = slot;
  }

  void run(Phase phase, dnnl_stream stream) {
    List<BoundPrimitive> steps = primitives.get(phase);
    long time = System.nanoTime();
    for (int i = 0; i < steps.size(); i++) { // an iterator would be garbage
      time = steps.get(i).execute(stream, time);
    }
  }

  /** How often the forward pass has run, but for the first time. */
  long runs() {
    return primitives.get(Phase.FORWARD).get(0).timer().runs();
  }

  /** What each step has taken since the program was made, in their order. */
  List<StepProfile> profile() {
    List<StepProfile> profile = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      primitives.get(phase).forEach(step -> profile.add(step.profile()));
    }
    return List.copyOf(profile);
  }

  @Override
  public void close() {
    scope.close();
  }
}
