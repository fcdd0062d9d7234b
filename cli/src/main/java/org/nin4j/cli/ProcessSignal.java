package org.nin4j.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Does something else on a signal, such as Ctrl-C (SIGINT), than ending the JVM. The JDK has only
 * {@code sun.misc.Signal} for this, which is called by reflection because javac warns of it; a JVM
 * without it, or with {@code -Xrs}, handles the signal as always.
 */
final class ProcessSignal implements AutoCloseable {
  private final Method handle;
  private final Object signal;
  private final Object before;

  private ProcessSignal(Method handle, Object signal, Object before) {
    this.handle = handle;
    this.signal = signal;
    this.before = before;
  }

  /**
   * Sets what to do on a signal.
   *
   * @param name without SIG: INT is Ctrl-C, TERM the wish of kill and of service managers
   * @param action runs on a thread of its own for each signal
   * @return what restores the handler before it when closed; empty when this JVM cannot handle the
   *     signal
   */
  static Optional<ProcessSignal> handle(String name, Runnable action) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Method handle = signals.getMethod("handle", signals, handlers);
      Object signal = signals.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              ProcessSignal.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, args) -> {
                if (method.getDeclaringClass() == Object.class) { // equals, hashCode, toString
                  return method.invoke(action, args);
                }
                action.run();
                return null;
              });
      return Optional.of(new ProcessSignal(handle, signal, handle.invoke(null, signal, handler)));
    } catch (ReflectiveOperationException e) {
      return Optional.empty(); // there is no such class or signal, or the JVM refuses it
    }
  }

  @Override
  public void close() {
    try {
      handle.invoke(null, signal, before);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the JVM does not take back its own signal handler", e);
    }
  }
}
