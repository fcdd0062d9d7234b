package org.nin4j.bench.serving;

import java.util.List;
import java.util.Locale;

/**
 * What {@link OverloadMeasurement} has found.
 *
 * @param greatest good answers per second in a closed loop
 * @param over the overload
 * @param readySeconds from the end of the overload until the server said that it is ready
 * @param states before and after
 */
record OverloadResult(
    double greatest, Load.Outcome over, double readySeconds, List<Growth.State> states) {
  static final int REFUSED = 503;

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "greatest load %.0f/s; asked %.0f/s: %.0f/s good (median %.0f ms), %.0f/s refused (median"
            + " %.1f ms, p99 %.1f ms), %d wrong, %d broken, %d closed, %d unsent; sent late by"
            + " %.1f ms (median); ready after %.2f s; before %s; after %s; statuses %s",
        greatest,
        over.result().answers() / over.result().seconds(),
        over.result().throughput(),
        over.result().good().p50() / 1e3,
        over.result().status(REFUSED).count() / over.result().seconds(),
        over.result().status(REFUSED).p50() / 1e3,
        over.result().status(REFUSED).p99() / 1e3,
        over.result().wrong(),
        over.result().broken(),
        over.result().closed(),
        over.result().unsent(),
        over.result().late().p50() / 1e3,
        readySeconds,
        states.get(0),
        states.get(1),
        over.result().byStatus().keySet());
  }
}
