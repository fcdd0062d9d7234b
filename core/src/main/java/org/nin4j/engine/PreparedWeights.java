package org.nin4j.engine;

/**
 * The weights of a network in the layouts and types that an engine's plans read: one copy, outside
 * of the plans, for all plans of a network that are compiled over it, whatever their batch sizes
 * and threads.
 *
 * <p>Plans may run at the same time on different threads, but not while weights are loaded. Plans
 * that are still open when this is closed keep what was loaded last until they are closed too.
 */
public interface PreparedWeights extends AutoCloseable {
  /**
   * Copies all weights, for every plan that has been compiled over this and every one to come.
   *
   * @throws IllegalArgumentException when the weights are of another network
   * @throws org.nin4j.error.ClosedException when this has been closed
   */
  void load(Weights source);

  /**
   * Copies one parameter or buffer. Different ones may be copied by different threads at the same
   * time; a plan can run when all have been copied at least once.
   *
   * @param index in the network's parameters
   * @throws IllegalArgumentException when the weights are of another network
   * @throws org.nin4j.error.ClosedException when this has been closed
   */
  void load(Weights source, int index);

  /** Frees the memory once all plans over it are closed too; closing twice does nothing. */
  @Override
  void close();
}
