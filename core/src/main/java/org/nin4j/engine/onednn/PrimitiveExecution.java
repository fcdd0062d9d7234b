package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.Pointer;
import org.nin4j.engine.onednn.verify.Execution;
import org.nin4j.engine.onednn.verify.MemoryArgument;
import org.nin4j.engine.onednn.verify.Operand;
import org.nin4j.engine.onednn.verify.PrimitiveCheck;

/**
 * A single primitive on separate memory: its inputs come from plain fp32 tensors by reorders, and
 * its outputs go back the same way. All other memory is filled with bytes 0xFF before each run, and
 * tensors have gaps between them, so that reading outside them, or a value that was not written,
 * yields NaN. A primitive that writes into the gaps would overwrite other tensors of a plan.
 */
final class PrimitiveExecution implements Execution, AutoCloseable {
  private static final int NAN_BYTE = 0xFF;

  /** Bytes before, between and after tensors. */
  private static final long GAP = 4096;

  /** The range of a tensor in one of the two blocks of memory. */
  private record Region(dnnl_memory_desc md, boolean plain, long offset) {}

  private record Call(dnnl_primitive_desc pd, Map<Integer, Region> arguments) {}

  private final Scope scope = new Scope();
  private final Dnnl dnnl;
  private final dnnl_stream stream = new dnnl_stream();
  private final Map<Integer, Region> own = new LinkedHashMap<>();
  private final Map<MemoryArgument, Region> plain = new EnumMap<>(MemoryArgument.class);
  private final Map<MemoryArgument, FloatBuffer> values = new EnumMap<>(MemoryArgument.class);
  private final List<Runnable> steps = new ArrayList<>();
  private final List<FloatBuffer> gaps = new ArrayList<>();
  private long ownBytes = GAP;
  private long plainBytes = GAP;
  private NativeMemory ownMemory;
  private NativeMemory plainMemory;

  /**
   * @param ownBlock for what the primitive reads and writes
   * @param plainBlock for what the check reads and writes
   * @param forward runs first and leaves its workspace to the other; null without one
   */
  PrimitiveExecution(
      dnnl_engine engine,
      GrowableMemory ownBlock,
      GrowableMemory plainBlock,
      PrimitiveCheck check,
      dnnl_primitive_desc pd,
      dnnl_primitive_desc forward) {
    dnnl = new Dnnl(engine, scope);
    try {
      Dnnl.check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "a stream");
      scope.onClose(() -> dnnl_stream_destroy(stream));
      List<Operand> operands = check.operands();
      operands.forEach(operand -> place(operand, pd, forward));
      if (forward != null) {
        placeOwn(DNNL_ARG_DST, Dnnl.query(forward, dnnl_query_dst_md));
        placeOwn(DNNL_ARG_WORKSPACE, Dnnl.query(forward, dnnl_query_workspace_md));
      } else {
        placeOwn(DNNL_ARG_WORKSPACE, Dnnl.query(pd, dnnl_query_workspace_md));
      }
      List<Call> calls = calls(operands, pd, forward);
      ownMemory = ownBlock.atLeast(ownBytes);
      plainMemory = plainBlock.atLeast(plainBytes);
      plain.forEach((argument, region) -> values.put(argument, floats(region)));
      calls.forEach(this::prepare);
      gaps.add(gap(0));
      calls.forEach(call -> call.arguments().values().forEach(this::addGap));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private FloatBuffer floats(Region region) {
    long bytes = dnnl_memory_desc_get_size(region.md());
    return plainMemory.floats(region.offset(), Math.toIntExact(bytes / Float.BYTES));
  }

  /** From a tensor's end to the next one's beginning, or nearly. */
  private void addGap(Region region) {
    if (!region.plain()) {
      long end = region.offset() + dnnl_memory_desc_get_size(region.md());
      gaps.add(gap((end + Float.BYTES - 1) / Float.BYTES * Float.BYTES));
    }
  }

  private FloatBuffer gap(long offset) {
    return ownMemory.floats(offset, (int) (GAP / Float.BYTES));
  }

  private void place(Operand operand, dnnl_primitive_desc pd, dnnl_primitive_desc forward) {
    MemoryArgument argument = operand.argument();
    int index = DnnlArguments.index(argument);
    if (operand.inPlaceOf() != null) {
      own.put(index, own.get(DnnlArguments.index(operand.inPlaceOf())));
    } else if (!DnnlArguments.isScale(argument)) {
      placeOwn(index, Dnnl.argument(pd, forward, index));
    }
    dnnl_memory_desc md = dnnl.plain(dnnl_f32, Dnnl.dims(operand.shape()));
    plain.put(argument, new Region(md, true, plainBytes));
    plainBytes += NativeMemory.align(dnnl_memory_desc_get_size(md)) + GAP;
  }

  private Region placeOwn(int index, dnnl_memory_desc md) {
    Region region = new Region(md, false, ownBytes);
    ownBytes += NativeMemory.align(dnnl_memory_desc_get_size(md)) + GAP;
    own.put(index, region);
    return region;
  }

  private List<Call> calls(
      List<Operand> operands, dnnl_primitive_desc pd, dnnl_primitive_desc forward) {
    List<Call> calls = new ArrayList<>();
    for (Operand operand : operands) {
      if (operand.use() != Operand.Use.OUTPUT && !DnnlArguments.isScale(operand.argument())) {
        calls.add(moveIn(operand.argument()));
      }
    }
    if (forward != null) {
      calls.add(call(forward));
      operands.stream()
          .filter(operand -> operand.use() == Operand.Use.FORWARD_INPUT)
          .forEach(operand -> own.remove(DnnlArguments.index(operand.argument())));
    }
    calls.add(call(pd));
    for (Operand operand : operands) {
      if (operand.use() == Operand.Use.OUTPUT) {
        Region from = own.get(DnnlArguments.index(operand.argument()));
        calls.add(reorder(from, plain.get(operand.argument()), null));
      }
    }
    return calls;
  }

  /** Integers are the plain numbers divided by their scales, if they have some. */
  private Call moveIn(MemoryArgument argument) {
    Region scale =
        argument == MemoryArgument.WEIGHTS ? plain.get(MemoryArgument.WEIGHTS_SCALE) : null;
    return reorder(plain.get(argument), own.get(DnnlArguments.index(argument)), scale);
  }

  private Call reorder(Region from, Region to, Region scale) {
    dnnl_primitive_attr attributes = dnnl.attributes(false);
    Map<Integer, Region> arguments = new LinkedHashMap<>();
    arguments.put(DNNL_ARG_FROM, from);
    arguments.put(DNNL_ARG_TO, to);
    if (scale != null) {
      Dnnl.scaled(attributes, DNNL_ARG_TO, Dnnl.BY_FIRST_EXTENT);
      arguments.put(DNNL_ARG_ATTR_SCALES | DNNL_ARG_TO, scale);
    }
    dnnl_primitive_desc pd =
        dnnl.describe(
            "a reorder",
            result ->
                dnnl_reorder_primitive_desc_create(
                    result, from.md(), dnnl.engine(), to.md(), dnnl.engine(), attributes));
    return new Call(pd, withScratchpad(pd, arguments));
  }

  /** With the tensors that it takes. */
  private Call call(dnnl_primitive_desc pd) {
    Map<Integer, Region> arguments = new LinkedHashMap<>();
    own.forEach(
        (index, region) -> {
          if (dnnl_memory_desc_get_size(Dnnl.query(pd, dnnl_query_exec_arg_md, index)) > 0) {
            arguments.put(index, region);
          }
        });
    plain.forEach(
        (argument, region) -> {
          if (DnnlArguments.isScale(argument)) {
            arguments.put(DnnlArguments.index(argument), region);
          }
        });
    return new Call(pd, withScratchpad(pd, arguments));
  }

  private Map<Integer, Region> withScratchpad(
      dnnl_primitive_desc pd, Map<Integer, Region> arguments) {
    dnnl_memory_desc md = Dnnl.query(pd, dnnl_query_scratchpad_md);
    if (dnnl_memory_desc_get_size(md) > 0) {
      arguments.put(DNNL_ARG_SCRATCHPAD, new Region(md, false, ownBytes));
      ownBytes += NativeMemory.align(dnnl_memory_desc_get_size(md)) + GAP;
    }
    return arguments;
  }

  private void prepare(Call call) {
    dnnl_primitive primitive = new dnnl_primitive();
    Dnnl.check(dnnl_primitive_create(primitive, call.pd()), "a primitive");
    scope.onClose(() -> dnnl_primitive_destroy(primitive));
    int count = call.arguments().size();
    dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(count);
    scope.onClose(arguments::deallocate);
    int i = 0;
    for (Map.Entry<Integer, Region> each : call.arguments().entrySet()) {
      arguments.getPointer(i++).arg(each.getKey()).memory(memory(each.getValue()));
    }
    steps.add(
        () ->
            Dnnl.check(dnnl_primitive_execute(primitive, stream, count, arguments), "a primitive"));
  }

  private dnnl_memory memory(Region region) {
    Pointer address = (region.plain() ? plainMemory : ownMemory).at(region.offset());
    dnnl_memory memory = new dnnl_memory();
    Dnnl.check(dnnl_memory_create(memory, region.md(), dnnl.engine(), address), "a memory object");
    scope.onClose(() -> dnnl_memory_destroy(memory));
    return memory;
  }

  @Override
  public FloatBuffer values(MemoryArgument argument) {
    return values.get(argument);
  }

  @Override
  public void run() {
    Pointer.memset(ownMemory.at(0), NAN_BYTE, ownBytes);
    steps.forEach(Runnable::run);
    Dnnl.check(dnnl_stream_wait(stream), "a stream");
  }

  /** Whether the last run wrote nothing outside the tensors. */
  boolean isIntact() {
    for (FloatBuffer gap : gaps) {
      for (int i = 0; i < gap.capacity(); i++) {
        if (Float.floatToRawIntBits(gap.get(i)) != -1) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    scope.close();
  }
}
