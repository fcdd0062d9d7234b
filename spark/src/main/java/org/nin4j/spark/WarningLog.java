package org.nin4j.spark;

import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the warnings of a training, such as that of a damaged checkpoint, into Spark's log. */
final class WarningLog implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(NinClassifier.class);

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Warning warning) {
      LOG.warn(warning.message());
    }
  }
}
