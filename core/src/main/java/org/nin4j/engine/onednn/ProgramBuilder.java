package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.internal.StepTimer;
import org.nin4j.engine.onednn.Dnnl.Description;
import org.nin4j.engine.onednn.verify.PrimitiveCheck;
import org.nin4j.engine.onednn.verify.Reorder;

/**
 * Collects the steps of a program, determines the lifetime of each buffer, and lays the buffers
 * out.
 */
final class ProgramBuilder implements AutoCloseable {
  /** When a step runs. */
  enum Phase {
    FORWARD,
    BACKWARD
  }

  /**
   * An argument of a primitive.
   *
   * @param index oneDNN's: {@code DNNL_ARG_SRC}, {@code DNNL_ARG_DST}, ...
   */
  record Argument(int index, Tensor tensor) {}

  private record Step(
      Phase phase, StepIdentity identity, dnnl_primitive_desc pd, List<Argument> arguments) {}

  private final Scope descriptors = new Scope();
  private final Dnnl dnnl;
  private final List<Step> steps = new ArrayList<>();
  private final List<Tensor> pinned = new ArrayList<>();
  private final List<NativeMemory> constants = new ArrayList<>();
  private final PrimitiveVerifier verifier;
  private Phase phase = Phase.FORWARD;

  /**
   * @param verifier null where nothing is to be verified
   */
  ProgramBuilder(dnnl_engine engine, PrimitiveVerifier verifier) {
    this.verifier = verifier;
    dnnl = new Dnnl(engine, descriptors);
  }

  Dnnl dnnl() {
    return dnnl;
  }

  /** Steps added from now on belong to this phase; returns the one before. */
  Phase enter(Phase next) {
    Phase before = phase;
    phase = next;
    return before;
  }

  /** A new tensor in the arena. */
  Tensor tensor(dnnl_memory_desc md) {
    return tensor(md, null);
  }

  /**
   * A new tensor in the arena.
   *
   * @param quantization what its integers represent; null for floats
   */
  Tensor tensor(dnnl_memory_desc md, QuantizationParameters quantization) {
    return new Tensor(md, Buffer.inArena(dnnl_memory_desc_get_size(md)), quantization);
  }

  /**
   * Reserves a tensor's bytes in the arena for the whole program: Java writes it before a phase, or
   * reads it after one.
   */
  Tensor pin(Tensor tensor) {
    pinned.add(tensor);
    return tensor;
  }

  /** A row-major fp32 tensor that never changes. */
  Tensor constant(float[] values, long... dims) {
    NativeMemory memory = new NativeMemory(4L * values.length);
    constants.add(memory);
    memory.floats(0, values.length).put(values);
    return new Tensor(dnnl.plain(dnnl_f32, dims), Buffer.at(memory, 0, memory.bytes()));
  }

  /** The descriptor of a primitive that was found to compute what its check says. */
  dnnl_primitive_desc describe(StepIdentity step, PrimitiveCheck check, Description description) {
    return describe(step, check, null, description);
  }

  /**
   * The same, of a primitive that takes another one's workspace.
   *
   * @param forward the other one
   */
  dnnl_primitive_desc describe(
      StepIdentity step,
      PrimitiveCheck check,
      dnnl_primitive_desc forward,
      Description description) {
    String what = step.name();
    dnnl_primitive_desc pd = dnnl.describe(what, description);
    verifier.choose(dnnl.engine(), what, check, pd, forward);
    return pd;
  }

  void add(StepIdentity identity, dnnl_primitive_desc pd, List<Argument> arguments) {
    List<Argument> all = new ArrayList<>(arguments);
    dnnl_memory_desc scratchpad = Dnnl.query(pd, dnnl_query_scratchpad_md);
    if (dnnl_memory_desc_get_size(scratchpad) > 0) {
      all.add(new Argument(DNNL_ARG_SCRATCHPAD, tensor(scratchpad)));
    }
    steps.add(new Step(phase, identity, pd, all));
  }

  /**
   * The tensor in this layout and type: itself, a copy that an earlier step made, or the result of
   * a new step.
   */
  Tensor as(dnnl_memory_desc md, Tensor tensor, StepIdentity identity) {
    if (Dnnl.same(tensor.md(), md)) {
      return tensor;
    }
    for (Tensor copy : tensor.reordered()) {
      if (Dnnl.same(copy.md(), md)) {
        return copy;
      }
    }
    Tensor copy = tensor(md, tensor.quantization());
    reorder(tensor, copy, identity);
    tensor.reordered().add(copy);
    return copy;
  }

  /** Copies one tensor into another of the same extents. */
  void reorder(Tensor from, Tensor to, StepIdentity identity) {
    reorder(from, to, identity, 0, dnnl.attributes(false), List.of());
  }

  /**
   * As {@link #reorder(Tensor, Tensor, StepIdentity)}, to integers.
   *
   * @param scales how many there are
   */
  void reorder(
      Tensor from,
      Tensor to,
      StepIdentity identity,
      int scales,
      dnnl_primitive_attr attributes,
      List<Argument> further) {
    dnnl_primitive_desc pd =
        describe(
            identity,
            new Reorder(Dnnl.shape(from.md()), scales),
            result ->
                dnnl_reorder_primitive_desc_create(
                    result, from.md(), dnnl.engine(), to.md(), dnnl.engine(), attributes));
    List<Argument> arguments = new ArrayList<>(further);
    arguments.add(new Argument(DNNL_ARG_FROM, from));
    arguments.add(new Argument(DNNL_ARG_TO, to));
    add(identity, pd, arguments);
  }

  /** Places all buffers and makes the primitives. */
  Program build() {
    steps.sort(Comparator.comparing(Step::phase));
    long arenaBytes = ArenaLayout.place(livingBuffers());
    Scope scope = new Scope();
    try {
      constants.forEach(memory -> scope.onClose(memory::close));
      constants.clear();
      Map<Tensor, dnnl_memory> memories = new LinkedHashMap<>();
      Map<Phase, List<BoundPrimitive>> primitives = new EnumMap<>(Phase.class);
      for (Phase each : Phase.values()) {
        primitives.put(each, new ArrayList<>());
      }
      for (Step step : steps) {
        primitives.get(step.phase()).add(bind(step, memories, scope));
      }
      return new Program(scope, primitives, memories, pinned, arenaBytes);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private List<Buffer> livingBuffers() {
    Set<Buffer> living = new LinkedHashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Argument argument : steps.get(i).arguments()) {
        Buffer buffer = argument.tensor().buffer();
        if (buffer.isInArena()) {
          buffer.usedAt(i);
          living.add(buffer);
        }
      }
    }
    for (Tensor tensor : pinned) {
      tensor.buffer().usedAt(-1);
      tensor.buffer().usedAt(steps.size());
      living.add(tensor.buffer());
    }
    return new ArrayList<>(living);
  }

  private BoundPrimitive bind(Step step, Map<Tensor, dnnl_memory> memories, Scope scope) {
    dnnl_primitive primitive = new dnnl_primitive();
    Dnnl.check(dnnl_primitive_create(primitive, step.pd()), step.identity().name());
    scope.onClose(() -> dnnl_primitive_destroy(primitive));
    dnnl_exec_arg_t arguments =
        new dnnl_exec_arg_t(step.arguments().size())
            .retainReference(); // in a caller's PointerScope
    scope.onClose(arguments::deallocate);
    for (int i = 0; i < step.arguments().size(); i++) {
      Argument argument = step.arguments().get(i);
      dnnl_memory memory =
          memories.computeIfAbsent(argument.tensor(), tensor -> memory(tensor, scope));
      arguments.getPointer(i).arg(argument.index()).memory(memory);
    }
    return new BoundPrimitive(
        step.identity(),
        step.identity().name(),
        Dnnl.implementation(step.pd()),
        new StepTimer(),
        primitive,
        arguments,
        step.arguments().size());
  }

  private dnnl_memory memory(Tensor tensor, Scope scope) {
    dnnl_memory memory = new dnnl_memory();
    Dnnl.check(dnnl_memory_create(memory, tensor.md(), dnnl.engine(), null), "a memory object");
    scope.onClose(() -> dnnl_memory_destroy(memory));
    return memory;
  }

  @Override
  public void close() {
    constants.forEach(NativeMemory::close);
    descriptors.close();
  }
}
