package org.nin4j.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;

/** Image files in one folder for each class. An image is decoded each time it is requested. */
final class FolderDataset implements ImageDataset {
  private final Path folder;
  private final String name;
  private final int channels;
  private final List<String> classes;
  private final List<ImageEntry> images;
  private final Optional<ImageSize> commonSize;
  private final String digest;
  private final FilesLeftOut leftOut;

  private FolderDataset(
      Path folder,
      String name,
      int channels,
      List<String> classes,
      Collected collected,
      FilesLeftOut leftOut) {
    this.folder = folder;
    this.name = name;
    this.channels = channels;
    this.classes = List.copyOf(classes);
    this.images = List.copyOf(collected.images);
    this.commonSize =
        collected.sizes.size() == 1 ? collected.sizes.stream().findFirst() : Optional.empty();
    this.digest = collected.digest.toString();
    this.leftOut = leftOut;
  }

  /** Collects the decodable images, one after another. */
  private static final class Collected {
    private final List<ImageEntry> images = new ArrayList<>();
    private final Set<ImageSize> sizes = new HashSet<>();
    private final ContentDigest digest = new ContentDigest();
    private final List<SkippedFile> damaged = new ArrayList<>();

    void add(ImageEntry image, FileFacts facts) {
      if (!facts.isDecodable()) {
        damaged.add(new SkippedFile(image.file(), facts.defect()));
        return;
      }
      images.add(image);
      sizes.add(new ImageSize(facts.height(), facts.width()));
      digest.add(image.name()).add(image.label()).add(facts.bytes()).add(facts.digest());
    }
  }

  /**
   * Opens the images of a tree and leaves out the damaged ones.
   *
   * @param folder the folder of the whole data set: that of the tree, or one above it
   * @param name the name of the data set in messages
   * @param inspection checks the image files
   * @throws InvalidFileException if more images are damaged than the options tolerate, or a class
   *     has none
   */
  static FolderDataset open(
      Path folder, ClassTree tree, String name, DataOptions options, FileInspection inspection)
      throws IOException {
    requireImages(tree.root(), tree.classes(), tree.images(), "");
    List<FileFacts> facts = inspection.of(tree);
    Collected collected = new Collected();
    for (int i = 0; i < facts.size(); i++) {
      collected.add(tree.images().get(i), facts.get(i));
    }
    int damaged = collected.damaged.size();
    if (damaged > options.toleratedDamage() * facts.size()) {
      throw new InvalidFileException(
          tree.root(),
          String.format(
              Locale.ROOT,
              "%,d of %,d images cannot be read, more than the tolerated fraction of %s; remove or"
                  + " replace them, or raise the limit with --max-damaged (from Java:"
                  + " DataOptions.withToleratedDamage); the first is %s",
              damaged,
              facts.size(),
              options.toleratedDamage(),
              collected.damaged.get(0)),
          null);
    }
    requireImages(tree.root(), tree.classes(), collected.images, " that can be read");
    FilesLeftOut leftOut = new FilesLeftOut(collected.damaged, tree.ignored());
    return new FolderDataset(folder, name, options.channels(), tree.classes(), collected, leftOut);
  }

  private static void requireImages(
      Path root, List<String> classes, List<ImageEntry> images, String which)
      throws InvalidFileException {
    boolean[] found = new boolean[classes.size()];
    images.forEach(image -> found[image.label()] = true);
    for (int label = 0; label < found.length; label++) {
      if (!found[label]) {
        throw new InvalidFileException(
            root,
            String.format(
                "the folder %s has no image%s; add images or remove the folder",
                Quoted.text(classes.get(label)), which),
            null);
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return images.get(index).label();
  }

  @Override
  public DecodedImage image(int index) {
    try {
      return ImageFiles.read(images.get(index).file(), channels);
    } catch (InvalidFileException e) {
      // Damage that the inspection cannot see, or a file that was changed after it.
      String message =
          e.getMessage()
              + "; this was not found when the files were checked, because large JPEG files are not"
              + " decoded then; remove or replace the file, and start again";
      throw new UncheckedIOException(message, new IOException(message, e));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public Optional<String> file(int index) {
    Path file = images.get(index).file();
    String separator = file.getFileSystem().getSeparator();
    return Optional.of(folder.relativize(file).toString().replace(separator, "/"));
  }

  @Override
  public Optional<ImageSize> commonSize() {
    return commonSize;
  }

  @Override
  public boolean isDecodedOnDemand() {
    return true;
  }

  @Override
  public Optional<String> contentDigest() {
    return Optional.of(digest);
  }

  @Override
  public FilesLeftOut leftOut() {
    return leftOut;
  }
}
