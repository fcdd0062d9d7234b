package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are checked again, and when the cache is trusted. */
class FileInspectionTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_386_892_800_000L);

  @TempDir Path temporary;
  private Path folder;
  private Path cat;

  @BeforeEach
  void fill() throws IOException {
    folder = temporary.resolve("photos");
    cat = ImageFolders.image(folder.resolve("cat/1.bmp"), 0x102030);
    ImageFolders.image(folder.resolve("dog/1.bmp"), 0x405060);
    for (Path file : List.of(cat, folder.resolve("dog/1.bmp"))) {
      Files.setLastModifiedTime(file, LONG_AGO);
    }
  }

  @Test
  void aFileOfTheSameLengthAndTimeIsNotReadAgain() throws IOException {
    List<FileFacts> first = inspect();
    assertEquals(6, first.get(0).height());
    assertEquals(4, first.get(0).width());
    Files.write(cat, ImageFolders.bytes(0x999999, "bmp"));
    Files.setLastModifiedTime(cat, LONG_AGO);
    assertEquals(first, inspect(), "only a file that is not read can seem unchanged");
    Files.setLastModifiedTime(cat, FileTime.fromMillis(LONG_AGO.toMillis() + 1));
    assertNotEquals(first.get(0).digest(), inspect().get(0).digest());
    assertEquals(first.get(1), inspect().get(1));
  }

  @Test
  void aFileThatWasJustWrittenIsReadAgain() throws IOException {
    Files.write(cat, ImageFolders.bytes(0x777777, "bmp"));
    FileTime now = Files.getLastModifiedTime(cat);
    String first = inspect().get(0).digest();
    Files.write(cat, ImageFolders.bytes(0x999999, "bmp"));
    Files.setLastModifiedTime(cat, now);
    assertNotEquals(first, inspect().get(0).digest());
  }

  @Test
  void aDamagedCacheCountsAsNone() throws IOException {
    List<FileFacts> facts = inspect();
    Path kept;
    try (Stream<Path> files = Files.walk(temporary.resolve("cache"))) {
      kept = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(kept);
    for (int i = 0; i < whole.length; i += 5) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Files.write(kept, damaged);
      assertEquals(facts, inspect(), "byte " + i);
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsDoneWithout() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertEquals(
        2, new FileInspection(file, InspectionListener.NONE).of(ClassTree.walk(folder)).size());
  }

  @Test
  void theProgressIsThatOfTheFilesThatAreRead() throws IOException {
    List<String> calls = new ArrayList<>();
    InspectionListener listener =
        (root, inspected, total) -> {
          assertEquals(folder, root);
          calls.add(inspected + "/" + total);
        };
    inspect(listener);
    assertEquals(List.of("0/2", "1/2", "2/2"), calls);
    inspect(listener);
    assertEquals(3, calls.size(), "no file is read again");
    Files.setLastModifiedTime(cat, FileTime.fromMillis(LONG_AGO.toMillis() + 1));
    inspect(listener);
    assertEquals(List.of("0/1", "1/1"), calls.subList(3, calls.size()));
  }

  @Test
  void theFingerprintIsThatOfNamesContentsAndClasses() throws IOException {
    ImageFolders.image(folder.resolve("cat/2.bmp"), 0x102030);
    ImageFolders.image(folder.resolve("dog/2.bmp"), 0x102030);
    String first = fingerprint(folder);
    assertTrue(first.matches("2x3x6x4-files-[0-9a-f]{32}\\+2x3x6x4-files-[0-9a-f]{32}"), first);
    Path moved = Files.move(folder, temporary.resolve("elsewhere"));
    assertEquals(first, fingerprint(moved), "the location of the folder does not matter");
    Files.move(moved.resolve("cat/2.bmp"), moved.resolve("cat/3.bmp"));
    assertNotEquals(first, fingerprint(moved));
    Files.move(moved.resolve("cat/3.bmp"), moved.resolve("cat/2.bmp"));
    assertEquals(first, fingerprint(moved));
    ImageFolders.image(moved.resolve("cat/2.bmp"), 0x102031);
    assertNotEquals(first, fingerprint(moved));
  }

  private String fingerprint(Path data) throws IOException {
    return DatasetScan.of(
            Datasets.open(
                data.toString(),
                DataOptions.DEFAULT,
                temporary.resolve("cache"),
                InspectionListener.NONE))
        .fingerprint();
  }

  private List<FileFacts> inspect() throws IOException {
    return inspect(InspectionListener.NONE);
  }

  private List<FileFacts> inspect(InspectionListener listener) throws IOException {
    return new FileInspection(temporary.resolve("cache"), listener).of(ClassTree.walk(folder));
  }
}
