package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/** A copy of one parameter in the layout and type that primitives read, and its conversion. */
final class ReorderedWeights implements AutoCloseable {
  /** Adds the steps that make the copy. */
  @FunctionalInterface
  interface Conversion {
    /** The same numbers in another layout, rounded to another type. */
    static Conversion reorder(StepIdentity identity) {
      return (builder, plain, copy) -> builder.reorder(plain, copy, identity);
    }

    void add(ProgramBuilder builder, Tensor plain, Tensor copy);
  }

  private final Scope scope = new Scope();
  private final Object kind;
  private final Tensor tensor;
  private final Program conversion;
  private final dnnl_stream stream = new dnnl_stream();

  /**
   * @param kind distinguishes copies of one layout that hold different numbers; null for the
   *     parameter's own
   * @param parameter finds the plain parameter
   */
  ReorderedWeights(
      dnnl_engine engine,
      PrimitiveVerifier verifier,
      dnnl_memory_desc layout,
      Object kind,
      PlainParameter parameter,
      Conversion how) {
    this.kind = kind;
    try (ProgramBuilder builder = new ProgramBuilder(engine, verifier)) {
      dnnl_memory_desc md = Dnnl.copy(layout, scope);
      NativeMemory memory = own(new NativeMemory(dnnl_memory_desc_get_size(md)));
      tensor = new Tensor(md, Buffer.at(memory, 0, memory.bytes()));
      how.add(builder, parameter.in(builder.dnnl()), tensor);
      conversion = builder.build();
      scope.onClose(conversion::close);
      NativeMemory scratch = own(new NativeMemory(conversion.arenaBytes()));
      conversion.bind(scratch);
      Dnnl.check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "a stream");
      scope.onClose(() -> dnnl_stream_destroy(stream));
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  /** A parameter in PyTorch's layout, as a tensor whose descriptor another scope owns. */
  @FunctionalInterface
  interface PlainParameter {
    Tensor in(Dnnl dnnl);
  }

  private NativeMemory own(NativeMemory memory) {
    scope.onClose(memory::close);
    return memory;
  }

  boolean is(dnnl_memory_desc layout, Object ofKind) {
    return Dnnl.same(tensor.md(), layout) && (kind == null ? ofKind == null : kind.equals(ofKind));
  }

  Tensor tensor() {
    return tensor;
  }

  /** Makes it again of what the plain parameter now holds. */
  void convert() {
    conversion.run(Phase.FORWARD, stream);
    Dnnl.check(dnnl_stream_wait(stream), "a stream");
  }

  @Override
  public void close() {
    scope.close();
  }
}
