package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;

/**
 * Weights in PyTorch's layout, and in each copy that a primitive of some plan wanted. The memory is
 * freed when this and all plans over it have been closed, so that a plan that runs is safe.
 */
final class OneDnnWeights implements PreparedWeights {
  private final Network network;
  private final List<Parameter> parameters;
  private final ThreadSetting oneThread;
  private final Scope scope = new Scope();
  private final dnnl_engine engine = new dnnl_engine();
  private final ParameterBlock plain;
  private final GradientLayout gradients;
  private final List<Prepared> prepared = new ArrayList<>();
  private final ReferenceCount lifetime =
      new ReferenceCount("the weights have been closed; prepare new ones", scope);

  /** What there is of one parameter; also the lock for it. */
  private static final class Prepared {
    private final List<ReorderedWeights> copies = new ArrayList<>();
    private boolean loaded;
    private boolean finite;
  }

  OneDnnWeights(Network network, ThreadSetting oneThread) {
    this.network = network;
    this.oneThread = oneThread;
    parameters = network.parameters();
    parameters.forEach(parameter -> prepared.add(new Prepared()));
    try {
      Dnnl.check(dnnl_engine_create(engine, dnnl_cpu, 0), "an engine");
      scope.onClose(() -> dnnl_engine_destroy(engine));
      gradients = new GradientLayout(parameters, scope);
      plain = new ParameterBlock(parameters);
      scope.onClose(plain::close);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  Network network() {
    return network;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  ThreadSetting oneThread() {
    return oneThread;
  }

  dnnl_engine engine() {
    return engine;
  }

  GradientLayout gradients() {
    return gradients;
  }

  /** A parameter in PyTorch's layout, for steps of a program. */
  Tensor tensor(String name, Dnnl dnnl) {
    return plain.tensor(index(name), dnnl);
  }

  int index(String name) {
    return network.parameterIndex(name);
  }

  /**
   * A parameter in another layout or type: the one that there is, or a new one.
   *
   * @param kind distinguishes copies of one layout that hold different numbers; null for the
   *     parameter's own
   */
  Tensor reordered(
      String name, dnnl_memory_desc layout, Object kind, ReorderedWeights.Conversion how) {
    int index = index(name);
    Prepared parameter = prepared.get(index);
    synchronized (parameter) {
      for (ReorderedWeights copy : parameter.copies) {
        if (copy.is(layout, kind)) {
          return copy.tensor();
        }
      }
      ReorderedWeights copy =
          oneThread.with(() -> make(index, layout, kind, how, parameter.loaded));
      parameter.copies.add(copy);
      scope.onClose(copy::close);
      return copy.tensor();
    }
  }

  private ReorderedWeights make(
      int index,
      dnnl_memory_desc layout,
      Object kind,
      ReorderedWeights.Conversion how,
      boolean alreadyLoaded) {
    ReorderedWeights copy =
        new ReorderedWeights(
            engine, oneThread.verifier(), layout, kind, dnnl -> plain.tensor(index, dnnl), how);
    if (alreadyLoaded) {
      copy.convert();
    }
    return copy;
  }

  @Override
  public void load(Weights source) {
    PlanArguments.checkWeights(network, source);
    for (int i = 0; i < parameters.size(); i++) {
      load(source, i);
    }
  }

  @Override
  public void load(Weights source, int index) {
    PlanArguments.checkWeights(network, parameters.get(index), source, index);
    retain();
    int before = oneThread.enter();
    try {
      write(source.values(index), index);
    } finally {
      oneThread.leave(before);
      release();
    }
  }

  private void write(float[] values, int index) {
    Prepared parameter = prepared.get(index);
    synchronized (parameter) {
      parameter.loaded = false;
      parameter.finite = FiniteNumbers.in(values, 0, values.length);
      plain.write(index, values);
      for (int i = 0; i < parameter.copies.size(); i++) { // an iterator would be garbage
        parameter.copies.get(i).convert();
      }
      parameter.loaded = true;
    }
  }

  /**
   * Whether all parameters have been loaded and are finite numbers.
   *
   * @throws IllegalStateException when not all have been loaded
   */
  boolean requireLoaded() {
    boolean finite = true;
    for (int i = 0; i < prepared.size(); i++) {
      Prepared parameter = prepared.get(i);
      synchronized (parameter) {
        if (!parameter.loaded) {
          throw new IllegalStateException("the plan has no weights yet; load them first");
        }
        finite &= parameter.finite;
      }
    }
    return finite;
  }

  /** For a user of the memory: a plan, before it is compiled. */
  void retain() {
    lifetime.retain();
  }

  /** For a user of the memory that no longer needs it. */
  void release() {
    lifetime.release();
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
