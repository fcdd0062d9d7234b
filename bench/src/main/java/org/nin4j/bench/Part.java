package org.nin4j.bench;

/** What can be measured. */
enum Part {
  TASKS,
  STARTS,
  ENDTOEND,
  GROWTH,
  EPOCHS
}
