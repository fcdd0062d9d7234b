package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.internal.GradientTree;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/**
 * Adds the shards' gradients of one parameter, range by range, where they lie; the sum goes to the
 * first shard's memory and from there into PyTorch's layout.
 */
final class GradientSum {
  private final int parameter;
  private final GradientTree tree = new GradientTree();
  private final GradientTree.Source source;
  private final GradientBlock[] slots;
  private final int count;
  private final Program toPlain;
  private final Tensor plain;
  private final dnnl_stream stream = new dnnl_stream();

  /**
   * @param parameter its index
   * @param slots of the shards; the first exists
   * @param scope frees what this makes
   */
  GradientSum(
      int parameter,
      GradientBlock[] slots,
      OneDnnWeights weights,
      PrimitiveVerifier verifier,
      Scope scope) {
    this.parameter = parameter;
    this.slots = slots;
    GradientLayout layout = weights.gradients();
    count = Math.toIntExact(layout.bytes(parameter) / Float.BYTES);
    source =
        (shard, from, size, target) -> slots[shard].values(parameter).get(from, target, 0, size);
    dnnl_engine engine = weights.engine();
    Dnnl.check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "a stream");
    scope.onClose(() -> dnnl_stream_destroy(stream));
    try (ProgramBuilder builder = new ProgramBuilder(engine, verifier)) {
      Tensor written =
          new Tensor(
              layout.layout(parameter),
              Buffer.at(slots[0].memory(), layout.offset(parameter), layout.bytes(parameter)));
      var row = weights.parameters().get(parameter);
      plain = builder.pin(builder.tensor(builder.dnnl().plain(dnnl_f32, Dnnl.dims(row.shape()))));
      builder.reorder(
          written,
          plain,
          StepIdentity.ofTensor(Pass.BACKWARD_WEIGHTS, "the gradient of " + row.name()));
      toPlain = builder.build();
    }
    scope.onClose(toPlain::close);
    NativeMemory arena = new NativeMemory(toPlain.arenaBytes());
    scope.onClose(arena::close);
    toPlain.bind(arena);
  }

  /**
   * Adds the first shards.
   *
   * @param target receives the gradient in PyTorch's layout
   */
  void add(int shards, float[] target) {
    if (shards > 1) {
      for (int from = 0; from < count; from += GradientTree.RANGE) {
        int size = Math.min(GradientTree.RANGE, count - from);
        float[] sum = tree.sum(shards, from, size, source);
        slots[0].values(parameter).put(from, sum, 0, size);
      }
    }
    toPlain.run(Phase.FORWARD, stream);
    Dnnl.check(dnnl_stream_wait(stream), "a stream");
    plain.read(target, 0, target.length);
  }
}
