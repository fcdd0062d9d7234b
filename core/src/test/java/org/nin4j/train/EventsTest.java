package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.nin4j.train.TrainingEvent.CheckpointSaved;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingEvent.Warning;

class EventsTest {
  private static final Recipe TWO_EPOCHS = TinyTask.recipe().with(r -> r.epochs(2));

  private final MemoryStore store = new MemoryStore();

  /** A store that fails at one kind of event, as on a full disk. */
  private final class FailingStore implements TrainingStore {
    private final Class<? extends TrainingEvent> failing;

    FailingStore(Class<? extends TrainingEvent> failing) {
      this.failing = failing;
    }

    @Override
    public Optional<Checkpoint> restore(TrainingSetup setup, Consumer<String> warnings) {
      return Optional.empty();
    }

    @Override
    public void save(Checkpoint checkpoint) throws IOException {
      if (failing == CheckpointSaved.class) {
        throw new IOException("the disk is full");
      }
    }

    @Override
    public void on(TrainingEvent event) throws IOException {
      store.on(event);
      if (failing.isInstance(event)) {
        throw new IOException("the disk is full");
      }
    }
  }

  private List<String> kinds() {
    return store.events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  @Test
  void eventsArePublishedInOrder() throws IOException {
    TrainingResult result = TinyTask.trainer(TWO_EPOCHS).store(store).train();
    List<String> expected = new ArrayList<>(List.of("Started"));
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int step = 0; step < TinyTask.BATCHES; step++) {
        expected.add("StepDone");
      }
      expected.addAll(List.of("CheckpointSaved", "EpochDone"));
    }
    expected.add("Ended");
    assertEquals(expected, kinds());
    assertSame(result, ((Ended) store.events.get(expected.size() - 1)).result());
  }

  @Test
  void eventsDescribeWhatHappened() throws IOException {
    Training training = TinyTask.trainer(TWO_EPOCHS).store(store).prepare();
    assertEquals(Training.State.READY, training.state());
    TrainingResult result = training.run();
    assertEquals(Training.State.ENDED, training.state());
    Started started = (Started) store.events.get(0);
    assertEquals(training.setup(), started.setup());
    assertEquals(List.of(), started.history());
    assertEquals(0, started.steps());
    Progress last = ((StepDone) store.events.get(TinyTask.BATCHES)).progress();
    assertEquals(TinyTask.BATCHES, last.batch());
    assertEquals(TinyTask.BATCHES, last.batches());
    assertEquals(1, last.epoch());
    assertEquals(new CheckpointSaved(1, 0), store.events.get(TinyTask.BATCHES + 1));
    EpochDone epoch = (EpochDone) store.events.get(TinyTask.BATCHES + 2);
    assertEquals(result.history().get(0), epoch.metrics());
    assertEquals(1, ((StepDone) store.events.get(TinyTask.BATCHES + 3)).progress().batch());
    assertEquals(2, training.progress().orElseThrow().epoch());
  }

  @Test
  void aResumedTrainingStartsWithItsHistory() throws IOException {
    StopAfter.steps(TinyTask.BATCHES + 2).run(TinyTask.trainer(TWO_EPOCHS).store(store));
    assertTrue(((Ended) store.events.get(store.events.size() - 1)).interrupted());
    assertEquals(new CheckpointSaved(1, 2), store.events.get(store.events.size() - 2));
    store.events.clear();
    TinyTask.trainer(TWO_EPOCHS).store(store).train();
    Started resumed = (Started) store.events.get(0);
    assertEquals(1, resumed.history().size());
    assertEquals(TinyTask.BATCHES + 2, resumed.steps());
    assertEquals(3, ((StepDone) store.events.get(1)).progress().batch());
  }

  @Test
  void aListenerThatThrowsIsNamedOnceAndRemoved() throws IOException {
    List<TrainingEvent> received = new ArrayList<>();
    TrainingListener broken =
        event -> {
          received.add(event);
          if (event instanceof StepDone) {
            throw new IllegalStateException("no such window");
          }
        };
    TrainingResult straight = TinyTask.trainer(TWO_EPOCHS).train();
    TrainingResult result = TinyTask.trainer(TWO_EPOCHS).store(store).listen(broken).train();
    assertTrue(sameBits(straight.model().weights(), result.model().weights()));
    assertEquals(2, received.size());
    List<TrainingEvent> warnings =
        store.events.stream().filter(event -> event instanceof Warning).toList();
    assertEquals(1, warnings.size());
    String message = ((Warning) warnings.get(0)).message();
    assertTrue(message.contains(broken.getClass().getName()), message);
    assertTrue(message.contains("no such window"), message);
  }

  @Test
  void anExceptionFromTheStoreEndsTheTraining() {
    for (Class<? extends TrainingEvent> failing :
        List.of(Started.class, CheckpointSaved.class, EpochDone.class, Ended.class)) {
      store.events.clear();
      Training training = TinyTask.trainer(TWO_EPOCHS).store(new FailingStore(failing)).prepare();
      IOException e = assertThrows(IOException.class, training::run, failing.getSimpleName());
      assertEquals("the disk is full", e.getMessage());
      assertEquals(Training.State.FAILED, training.state());
      assertSame(e, ((Failed) store.events.get(store.events.size() - 1)).cause());
    }
  }

  @Test
  void aTrainingRunsOnce() throws IOException {
    Training training = TinyTask.trainer(TWO_EPOCHS).prepare();
    training.run();
    assertThrows(IllegalStateException.class, training::run);
  }
}
