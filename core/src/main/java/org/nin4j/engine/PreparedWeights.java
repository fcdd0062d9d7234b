package org.nin4j.engine;

/**
 * The weights of a network in the layouts and types that an engine's plans read. There is one copy,
 * outside of the plans, for all plans that are compiled over it, whatever their batch sizes and
 * threads.
 *
 * <p>Plans may run at the same time on different threads, but not while weights are loaded. Plans
 * that are open when the weights are closed keep the values that were loaded last until they are
 * closed too.
 */
public interface PreparedWeights extends AutoCloseable {
  /**
   * Copies all weights, for every plan that has been or will be compiled over these prepared
   * weights.
   *
   * @param source one array for each parameter and buffer of the network
   * @throws IllegalArgumentException when the weights belong to another network
   * @throws org.nin4j.error.ClosedException when the prepared weights have been closed
   */
  void load(Weights source);

  /**
   * Copies one parameter or buffer. Threads may copy different ones at the same time. A plan can
   * run once all of them have been copied.
   *
   * @param source one array for each parameter and buffer of the network
   * @param index index of the parameter or buffer in the network's parameters
   * @throws IllegalArgumentException when the weights belong to another network
   * @throws org.nin4j.error.ClosedException when the prepared weights have been closed
   */
  void load(Weights source, int index);

  /** Frees the memory once all plans over it are closed too; closing twice does nothing. */
  @Override
  void close();
}
