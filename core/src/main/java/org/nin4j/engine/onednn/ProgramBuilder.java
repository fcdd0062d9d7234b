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
import org.nin4j.engine.Grid;
import org.nin4j.engine.internal.StepClock;
import org.nin4j.engine.onednn.Dnnl.Description;
import org.nin4j.engine.onednn.verify.PrimitiveCheck;
import org.nin4j.engine.onednn.verify.Reorder;

/** Collects the steps of a program, finds out how long each buffer lives, and places them all. */
final class ProgramBuilder implements AutoCloseable {
  /** When a step runs. */
  enum Phase {
    FORWARD,
    BACKWARD
  }

  /** A tensor in a role: {@code DNNL_ARG_SRC}, {@code DNNL_ARG_DST}, ... */
  record Argument(int role, Value value) {}

  private record Step(
      Phase phase, StepIdentity identity, dnnl_primitive_desc pd, List<Argument> arguments) {}

  private final Scope descriptors = new Scope();
  private final Dnnl dnnl;
  private final List<Step> steps = new ArrayList<>();
  private final List<Value> pinned = new ArrayList<>();
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
  Value value(dnnl_memory_desc md) {
    return value(md, null);
  }

  /**
   * A new tensor in the arena.
   *
   * @param grid what its integers stand for, or null
   */
  Value value(dnnl_memory_desc md, Grid grid) {
    return new Value(md, Buffer.inArena(dnnl_memory_desc_get_size(md)), grid);
  }

  /**
   * Keeps a tensor's place in the arena to itself: Java writes it before a phase, or reads it after
   * one.
   */
  Value pin(Value value) {
    pinned.add(value);
    return value;
  }

  /** A row-major fp32 tensor that never changes. */
  Value constant(float[] values, long... dims) {
    NativeMemory memory = new NativeMemory(4L * values.length);
    constants.add(memory);
    memory.floats(0, values.length).put(values);
    return new Value(dnnl.plain(dnnl_f32, dims), Buffer.at(memory, 0, memory.bytes()));
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
      all.add(new Argument(DNNL_ARG_SCRATCHPAD, value(scratchpad)));
    }
    steps.add(new Step(phase, identity, pd, all));
  }

  /**
   * The tensor in this layout and type: itself, a form that an earlier step made, or the result of
   * a new step.
   */
  Value as(dnnl_memory_desc md, Value value, StepIdentity identity) {
    if (Dnnl.same(value.md(), md)) {
      return value;
    }
    for (Value form : value.reordered()) {
      if (Dnnl.same(form.md(), md)) {
        return form;
      }
    }
    Value form = value(md, value.grid());
    reorder(value, form, identity);
    value.reordered().add(form);
    return form;
  }

  /** Copies one tensor into another of the same extents. */
  void reorder(Value from, Value to, StepIdentity identity) {
    reorder(from, to, identity, 0, dnnl.attributes(false), List.of());
  }

  /**
   * As {@link #reorder(Value, Value, StepIdentity)}, to integers.
   *
   * @param scales how many there are
   */
  void reorder(
      Value from,
      Value to,
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
      Map<Value, dnnl_memory> memories = new LinkedHashMap<>();
      Map<Phase, List<Op>> ops = new EnumMap<>(Phase.class);
      for (Phase each : Phase.values()) {
        ops.put(each, new ArrayList<>());
      }
      for (Step step : steps) {
        ops.get(step.phase()).add(op(step, memories, scope));
      }
      return new Program(scope, ops, memories, pinned, arenaBytes);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private List<Buffer> livingBuffers() {
    Set<Buffer> living = new LinkedHashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Argument argument : steps.get(i).arguments()) {
        Buffer buffer = argument.value().buffer();
        if (buffer.isInArena()) {
          buffer.usedAt(i);
          living.add(buffer);
        }
      }
    }
    for (Value value : pinned) {
      value.buffer().usedAt(-1);
      value.buffer().usedAt(steps.size());
      living.add(value.buffer());
    }
    return new ArrayList<>(living);
  }

  private Op op(Step step, Map<Value, dnnl_memory> memories, Scope scope) {
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
          memories.computeIfAbsent(argument.value(), value -> memory(value, scope));
      arguments.getPointer(i).arg(argument.role()).memory(memory);
    }
    return new Op(
        step.identity(),
        step.identity().name(),
        Dnnl.implementation(step.pd()),
        new StepClock(),
        primitive,
        arguments,
        step.arguments().size());
  }

  private dnnl_memory memory(Value value, Scope scope) {
    dnnl_memory memory = new dnnl_memory();
    Dnnl.check(dnnl_memory_create(memory, value.md(), dnnl.engine(), null), "a memory object");
    scope.onClose(() -> dnnl_memory_destroy(memory));
    return memory;
  }

  @Override
  public void close() {
    constants.forEach(NativeMemory::close);
    descriptors.close();
  }
}
