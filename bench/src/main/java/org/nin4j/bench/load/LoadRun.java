package org.nin4j.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One run: a thread for each connection, which takes the next request that is due. */
final class LoadRun {
  private final int port;
  private final List<PreparedRequest> requests;
  private final LoadOrder order;
  private final Schedule schedule;
  private final AtomicLong next = new AtomicLong();
  private long begin;
  private long end;

  LoadRun(int port, List<PreparedRequest> requests, LoadOrder order) {
    this.port = port;
    this.requests = requests;
    this.order = order;
    schedule = order.schedule();
  }

  LoadResult run() throws InterruptedException {
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < order.connections(); i++) {
      workers.add(new Worker());
    }
    begin = System.nanoTime();
    end = begin + (long) (1e9 * order.seconds());
    workers.forEach(Thread::start);
    for (Worker worker : workers) {
      worker.join();
    }
    return result(workers, (System.nanoTime() - begin) / 1e9);
  }

  /** One connection and what it has seen. */
  private final class Worker extends Thread {
    private final Map<Integer, LatencyHistogram> byStatus = new TreeMap<>();
    private final LatencyHistogram late = new LatencyHistogram();
    private long wrong;
    private long broken;
    private long closed;
    private long unsent;

    @Override
    public void run() {
      try (Connection connection = new Connection(port)) {
        for (long due = due(); due < end; due = due()) {
          waitUntil(due);
          long sent = System.nanoTime();
          if (sent >= end) {
            unsent++;
          } else {
            late.record(sent - due);
            ask(connection, due);
          }
        }
      } catch (IOException e) {
        broken++; // in closing
      }
    }

    private void ask(Connection connection, long due) {
      PreparedRequest request = requests.get((int) (next.getAndIncrement() % requests.size()));
      try {
        Connection.Answer answer = connection.ask(request);
        byStatus
            .computeIfAbsent(answer.status(), key -> new LatencyHistogram())
            .record(System.nanoTime() - due);
        wrong += answer.status() == 200 && !answer.expected() ? 1 : 0;
        closed += answer.closed() ? 1 : 0;
      } catch (IOException e) {
        broken++;
      }
    }
  }

  private long due() {
    return schedule == null ? System.nanoTime() : begin + schedule.next();
  }

  private static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static LoadResult result(List<Worker> workers, double seconds) {
    Map<Integer, LatencyHistogram> byStatus = new TreeMap<>();
    LatencyHistogram late = new LatencyHistogram();
    long wrong = 0;
    long broken = 0;
    long closed = 0;
    long unsent = 0;
    for (Worker worker : workers) {
      worker.byStatus.forEach(
          (status, some) ->
              byStatus.computeIfAbsent(status, key -> new LatencyHistogram()).add(some));
      late.add(worker.late);
      wrong += worker.wrong;
      broken += worker.broken;
      closed += worker.closed;
      unsent += worker.unsent;
    }
    Map<Integer, LoadResult.Latencies> latencies = new TreeMap<>();
    byStatus.forEach((status, all) -> latencies.put(status, LoadResult.Latencies.of(all)));
    return new LoadResult(
        seconds, latencies, wrong, broken, closed, unsent, LoadResult.Latencies.of(late));
  }
}
