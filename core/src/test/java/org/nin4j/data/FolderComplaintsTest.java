package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are no data set. */
class FolderComplaintsTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void name() throws IOException {
    folder = Files.createDirectory(temporary.resolve("photos"));
  }

  @Test
  void anEmptyFolderIsNoDataSet() {
    assertEquals(
        folder
            + ": is empty; a data set needs a folder of images for each class, or IDX or CIFAR files",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void aFolderOfOtherThingsIsNoDataSet() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "none");
    assertEquals(
        folder
            + ": is not a data set: it has neither a folder of images for each class, nor the files of an"
            + " IDX or CIFAR data set",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void imagesWithoutFoldersHaveNoClasses() throws IOException {
    ImageFolders.classFolder(folder, 12);
    assertEquals(
        folder
            + ": has 12 images, but no folder for each class; put the images of each class into a"
            + " separate folder",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void oneClassIsTooFew() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 12);
    assertEquals(
        folder + ": has only one folder, 'cat'; at least two are needed, one for each class",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void aFolderForEachImageIsNoClass() throws IOException {
    for (int i = 0; i < 300; i++) {
      ImageFolders.image(folder.resolve(i + "/photo.png"), i);
    }
    assertEquals(
        folder
            + ": the class '0' has only one image, as 300 of the 300 classes have, so none can be"
            + " held out for validation; add images to the class, or provide validation images in a"
            + " separate folder",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void aClassWithoutImagesIsNamed() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 12);
    Files.createDirectory(folder.resolve("dog"));
    assertEquals(
        folder + ": the folder 'dog' has no image; add images or remove the folder",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void aClassThatAPartLacksIsNamed() throws IOException {
    for (String part : List.of("train", "test")) {
      ImageFolders.classFolder(folder.resolve(part).resolve("cat"), 2);
      ImageFolders.classFolder(folder.resolve(part).resolve("dog"), 2);
    }
    ImageFolders.classFolder(folder.resolve("train/cow"), 2);
    Path test = folder.resolve("test");
    Path train = folder.resolve("train");
    assertEquals(
        test + ": has no class 'cow', but " + train + " has; all parts must have the same classes",
        complaint(DataOptions.DEFAULT));
    Files.move(folder.resolve("train/cow"), folder.resolve("test/cow"));
    assertEquals(
        train + ": has no class 'cow', but " + test + " has; all parts must have the same classes",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void twoFoldersForValidationAreOneTooMany() throws IOException {
    for (String part : List.of("train", "val", "valid")) {
      ImageFolders.classFolder(folder.resolve(part).resolve("cat"), 2);
      ImageFolders.classFolder(folder.resolve(part).resolve("dog"), 2);
    }
    assertEquals(
        folder + ": has both a folder val and a folder valid for validation; keep one of them",
        complaint(DataOptions.DEFAULT));
  }

  private String complaint(DataOptions options) {
    return ImageFolders.complaint(folder, options);
  }
}
