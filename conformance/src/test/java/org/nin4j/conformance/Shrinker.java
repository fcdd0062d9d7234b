package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Finds the smallest version of a case that still fails, one step at a time. */
final class Shrinker {
  private static final int STEPS = 200;

  private final Predicate<LayerCase> fails;

  Shrinker(Predicate<LayerCase> fails) {
    this.fails = fails;
  }

  /** The case itself where nothing smaller fails. */
  LayerCase smallest(LayerCase failing) {
    LayerCase smallest = failing;
    for (int step = 0; step < STEPS; step++) {
      LayerCase next = null;
      for (LayerCase candidate : smaller(smallest)) {
        if (stillFails(candidate)) {
          next = candidate;
          break;
        }
      }
      if (next == null) {
        return smallest;
      }
      smallest = next;
    }
    return smallest;
  }

  private boolean stillFails(LayerCase candidate) {
    try {
      return fails.test(candidate);
    } catch (IllegalArgumentException illegal) {
      return false;
    }
  }

  /** The largest steps first. */
  private static List<LayerCase> smaller(LayerCase whole) {
    List<LayerCase> candidates = new ArrayList<>();
    for (int i = 0; i < whole.layers().size() && whole.layers().size() > 1; i++) {
      List<Layer> fewer = new ArrayList<>(whole.layers());
      fewer.remove(i);
      candidates.add(with(whole, whole.input(), whole.count(), fewer));
    }
    for (int count : less(whole.count(), 1)) {
      candidates.add(with(whole, whole.input(), count, whole.layers()));
    }
    Shape input = whole.input();
    for (int height : less(input.height(), 1)) {
      candidates.add(withInput(whole, input.channels(), height, input.width()));
    }
    for (int width : less(input.width(), 1)) {
      candidates.add(withInput(whole, input.channels(), input.height(), width));
    }
    for (int channels : less(input.channels(), 1)) {
      addUnlessIllegal(candidates, () -> withChannels(whole, channels));
    }
    for (int i = 0; i < whole.layers().size(); i++) {
      int index = i;
      for (LayerMaker maker : simpler(whole.layers().get(i))) {
        addUnlessIllegal(
            candidates,
            () -> {
              List<Layer> changed = new ArrayList<>(whole.layers());
              changed.set(index, maker.make());
              return with(whole, input, whole.count(), changed);
            });
      }
    }
    return candidates;
  }

  /** Half, and one less. */
  private static List<Integer> less(int value, int least) {
    List<Integer> less = new ArrayList<>();
    if (value / 2 >= least && value / 2 < value - 1) {
      less.add(value / 2);
    }
    if (value - 1 >= least) {
      less.add(value - 1);
    }
    return less;
  }

  private interface LayerMaker {
    Layer make();
  }

  private interface CaseMaker {
    LayerCase make();
  }

  private static void addUnlessIllegal(List<LayerCase> candidates, CaseMaker maker) {
    try {
      candidates.add(maker.make());
    } catch (IllegalArgumentException illegal) {
      // there is no such layer
    }
  }

  private static LayerCase with(LayerCase whole, Shape input, int count, List<Layer> layers) {
    return new LayerCase(
        whole.seed(), input, count, layers, whole.precision(), whole.behindIdentity());
  }

  private static LayerCase withInput(LayerCase whole, int channels, int height, int width) {
    return with(whole, Shape.of(1, channels, height, width), whole.count(), whole.layers());
  }

  /** Fewer channels of the image, which the first layer that counts them has to accept. */
  private static LayerCase withChannels(LayerCase whole, int channels) {
    List<Layer> layers = new ArrayList<>(whole.layers());
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Conv2d c) {
        layers.set(
            i,
            new Conv2d(channels, c.outChannels(), c.kernel(), c.stride(), c.padding(), c.bias()));
        break;
      }
      if (layers.get(i) instanceof BatchNorm2d norm) {
        layers.set(i, new BatchNorm2d(channels, norm.eps(), norm.momentum()));
      }
    }
    Shape input = Shape.of(1, channels, whole.input().height(), whole.input().width());
    return with(whole, input, whole.count(), layers);
  }

  private static List<LayerMaker> simpler(Layer layer) {
    List<LayerMaker> makers = new ArrayList<>();
    if (layer instanceof Conv2d c) {
      for (int out : less(c.outChannels(), 1)) {
        makers.add(
            () -> new Conv2d(c.inChannels(), out, c.kernel(), c.stride(), c.padding(), c.bias()));
      }
      if (c.bias()) {
        makers.add(
            () ->
                new Conv2d(
                    c.inChannels(), c.outChannels(), c.kernel(), c.stride(), c.padding(), false));
      }
      forEachSmaller(
          c.kernel(),
          c.stride(),
          c.padding(),
          (kernel, stride, padding) ->
              makers.add(
                  () ->
                      new Conv2d(
                          c.inChannels(), c.outChannels(), kernel, stride, padding, c.bias())));
    } else if (layer instanceof MaxPool2d p) {
      forEachSmaller(
          p.kernel(),
          p.stride(),
          p.padding(),
          (kernel, stride, padding) ->
              makers.add(() -> new MaxPool2d(kernel, stride, padding, p.ceilMode())));
    } else if (layer instanceof AvgPool2d p) {
      forEachSmaller(
          p.kernel(),
          p.stride(),
          p.padding(),
          (kernel, stride, padding) ->
              makers.add(
                  () -> new AvgPool2d(kernel, stride, padding, p.ceilMode(), p.countIncludePad())));
    }
    return makers;
  }

  private interface WindowUser {
    void use(Size2d kernel, Size2d stride, Size2d padding);
  }

  private static void forEachSmaller(
      Size2d kernel, Size2d stride, Size2d padding, WindowUser user) {
    smaller(kernel, 1).forEach(size -> user.use(size, stride, padding));
    smaller(stride, 1).forEach(size -> user.use(kernel, size, padding));
    smaller(padding, 0).forEach(size -> user.use(kernel, stride, size));
  }

  private static List<Size2d> smaller(Size2d size, int least) {
    List<Size2d> smaller = new ArrayList<>();
    less(size.height(), least).forEach(height -> smaller.add(new Size2d(height, size.width())));
    less(size.width(), least).forEach(width -> smaller.add(new Size2d(size.height(), width)));
    return smaller;
  }
}
