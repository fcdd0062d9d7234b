package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;
import org.nin4j.internal.Workers;

/** Checks image files, except those whose results are in the cache. */
final class FileInspection {
  private final Path cache;
  private final InspectionListener listener;

  /**
   * @param cache the folder in which the results are stored
   */
  FileInspection(Path cache, InspectionListener listener) {
    this.cache = cache;
    this.listener = listener;
  }

  /**
   * Returns the results for all images of a tree, in the tree's order. Files are read on all
   * processors.
   */
  List<FileFacts> of(ClassTree tree) {
    long start = System.currentTimeMillis();
    FactsCache stored = new FactsCache(cache, tree.root());
    Map<String, FileFacts> known = stored.load();
    List<ImageEntry> images = tree.images();
    FileFacts[] facts = new FileFacts[images.size()];
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < facts.length; i++) {
      facts[i] = known.get(images.get(i).name());
      if (facts[i] == null || !facts[i].isOf(images.get(i))) {
        unknown.add(i);
      }
    }
    if (!unknown.isEmpty()) {
      Progress progress = new Progress(tree.root(), unknown.size());
      int threads = Math.min(Runtime.getRuntime().availableProcessors(), unknown.size());
      try (Workers workers = new Workers(threads, "nin4j-files")) {
        workers.run(
            unknown.size(),
            (task, worker) -> {
              int i = unknown.get(task);
              facts[i] = inspect(images.get(i));
              progress.inspected();
            });
      }
      Map<String, FileFacts> all = new HashMap<>();
      for (int i = 0; i < facts.length; i++) {
        if (facts[i].wasRead()) {
          all.put(images.get(i).name(), facts[i]);
        }
      }
      stored.save(all, start);
    }
    return List.of(facts);
  }

  /** Counts the files and tells the listener. */
  private final class Progress {
    private final Path folder;
    private final int total;
    private int inspected;

    Progress(Path folder, int total) {
      this.folder = folder;
      this.total = total;
      listener.progress(folder, 0, total);
    }

    synchronized void inspected() {
      inspected++;
      listener.progress(folder, inspected, total);
    }
  }

  private static FileFacts inspect(ImageEntry entry) {
    byte[] content;
    try {
      content = Files.readAllBytes(entry.file());
    } catch (IOException e) {
      return FileFacts.unread(entry, "cannot be read (" + FileErrors.reason(e) + ")");
    } catch (OutOfMemoryError e) {
      return FileFacts.unread(entry, "is too large for Java's memory");
    }
    String digest = ContentDigest.of(content);
    try {
      ImageSize size = ImageFiles.size(entry.file(), content);
      return new FileFacts(
          entry.bytes(), entry.modified(), digest, size.height(), size.width(), "");
    } catch (InvalidFileException e) {
      return new FileFacts(entry.bytes(), entry.modified(), digest, 0, 0, defect(entry, e));
    } catch (IOException e) {
      return FileFacts.unread(entry, defect(entry, e)); // such as too little memory
    }
  }

  private static String defect(ImageEntry entry, IOException e) {
    return e.getMessage().replace(entry.file() + ": ", "");
  }
}
