package org.nin4j.interchange.caffe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.Normalize;
import org.nin4j.interchange.caffe.CaffeBytes.Array;
import org.nin4j.interchange.caffe.CaffeBytes.Form;
import org.nin4j.interchange.internal.ChangingFile;
import org.nin4j.io.ImportOptions;

/** Whatever becomes of a file: a model, or a sentence that begins with a file. */
class CaffeDamageTest {
  /** Bytes that mean something in a definition. */
  private static final byte[] MARKS = "}9".getBytes(US_ASCII);

  private static final CaffeFormat FORMAT = new CaffeFormat();

  @TempDir Path folder;

  private ImportOptions options = SmallNet.ALL;

  private int models;
  private int sentences;

  private void read(Path file, String how) {
    try {
      FORMAT.read(file, options).complete(file, options);
      models++;
    } catch (IOException | IllegalArgumentException e) {
      requireSentence(e, how);
      sentences++;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(how, e);
    }
    try {
      FORMAT.describe(file);
    } catch (IOException e) {
      requireSentence(e, how);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(how, e);
    }
  }

  private void requireSentence(Exception e, String how) {
    String message = e.getMessage();
    assertTrue(
        message.startsWith(folder.toString())
            && message.length() < 600
            && message.indexOf('\n') < 0,
        how + ": " + message);
  }

  /** Cuts the file after each of its bytes and gives each of its bytes other values. */
  private void damage(Path file, IntFunction<byte[]> values) throws IOException {
    try (ChangingFile bytes = new ChangingFile(file)) {
      for (int i = 0; i < bytes.length(); i++) {
        for (byte value : values.apply(i)) {
          if (value != bytes.get(i)) {
            bytes.set(i, value);
            read(file, "byte " + i + " is " + value);
          }
        }
        bytes.restore(i);
      }
      for (int length = bytes.length() - 1; length >= 0; length--) {
        bytes.cut(length);
        read(file, "cut after " + length);
      }
    }
  }

  /** Another quarter than that of the byte before. */
  private static byte[] quarterOfAllValues(int index) {
    byte[] values = new byte[64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (4 * i + index % 4);
    }
    return values;
  }

  private void assertBothHappened() {
    assertTrue(models > 100 && sentences > 100, models + " models, " + sentences + " sentences");
  }

  @Test
  void weights() throws IOException {
    Path definition = folder.resolve("tiny.prototxt");
    Path file = folder.resolve("tiny.caffemodel");
    String data = "top: \"d\" transform_param { crop_size: 1 }";
    CaffeText text = new CaffeText("t", true).layer("d", "Data", null, data);
    text.raw(
        "layers { name: \"c\" type: CONVOLUTION bottom: \"d\" top: \"c\""
            + " convolution_param { num_output: 2 kernel_size: 1 } }");
    Files.writeString(definition, text.toString());
    Array weight = new Array("c", new int[] {2, 1, 1, 1}, new float[] {1, 2});
    Array bias = new Array("c", new int[] {2}, new float[] {3, 4});
    CaffeBytes.write(file, definition, Form.OLD, List.of(weight, bias));
    Files.delete(definition);
    options = SmallNet.CLASSES.normalization(new Normalize(List.of(0.5f), List.of(0.5f)));
    read(file, "whole");
    assertEquals(1, models);
    damage(file, CaffeDamageTest::quarterOfAllValues);
    assertBothHappened();
  }

  @Test
  void weightsWithAShape() throws IOException {
    SmallNet net = new SmallNet(folder);
    net.write(SmallNet.DEPLOY);
    byte[] whole = Files.readAllBytes(net.weightsFile());
    damage(net.weightsFile(), i -> new byte[] {(byte) (whole[i] + 1), (byte) ~whole[i]});
    assertBothHappened();
  }

  @Test
  void definitions() throws IOException {
    SmallNet net = new SmallNet(folder);
    net.write(SmallNet.DEPLOY);
    damage(net.definition(), i -> MARKS);
    assertBothHappened();
  }
}
