package org.nin4j.cli;

/** Entry point of {@code nin}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("nin");
  }
}
