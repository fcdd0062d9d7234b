package org.nin4j.bench.rival;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The process of a contender, which works only on command. */
public final class ChildProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  /** Starts a process. */
  public ChildProcess(String name, ProcessBuilder builder) throws IOException {
    this.name = name;
    process = builder.start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /** The answer to a command, as words. */
  public String[] ask(String command) throws IOException {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new IOException(ended("before it could be asked to " + command), e);
    }
    return answer("to " + command);
  }

  /** The numbers that a command is answered with. */
  public double[] numbers(String command) throws IOException {
    String[] words = ask(command);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }

  /**
   * Works for a number of seconds, or for one step if that takes longer; returns steps per second.
   */
  public double turn(double seconds) throws IOException {
    double[] work = numbers(String.format(Locale.ROOT, "%s %.3f", Protocol.TURN, seconds));
    return work[0] * 1e9 / work[1];
  }

  /** The next line that is an answer, as words. */
  public String[] answer(String what) throws IOException {
    return lineAfter(Protocol.ANSWER, what).split(" ", -1);
  }

  /** What follows in the next line that begins so. */
  public String lineAfter(String prefix, String what) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
    }
    throw new IOException(ended("without an answer " + what));
  }

  /** Asks the process to end, as a service manager would. */
  public void terminate() {
    process.destroy();
  }

  /** The number by which the system knows it. */
  public long id() {
    return process.pid();
  }

  /** All answers until the process ends by itself. */
  public List<String[]> allAnswers() throws IOException {
    commands.close();
    List<String[]> all = new ArrayList<>();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(Protocol.ANSWER)) {
        all.add(line.substring(Protocol.ANSWER.length()).split(" ", -1));
      }
    }
    return all;
  }

  private String ended(String when) {
    return name + ": its process ended " + when + "; what it said is above";
  }

  /** Lets it end. */
  @Override
  public void close() throws IOException {
    try {
      commands.close();
    } catch (IOException e) {
      // it has ended already
    }
    try {
      if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
