package org.nin4j.tracking;

import java.io.IOException;
import java.util.List;
import org.nin4j.train.Checkpoint;

/**
 * A folder for {@link Checkpoints}, on some file system. Every exception is one sentence that
 * starts with the path.
 */
public interface CheckpointFolder {
  /**
   * Lists the folder.
   *
   * @return the names of the files in the folder, among them those that are not checkpoints; empty
   *     when there is no folder
   * @throws IOException when the folder cannot be listed
   */
  List<String> names() throws IOException;

  /**
   * Writes a checkpoint with {@link CheckpointFile}, atomically: a file of that name is a whole
   * checkpoint.
   *
   * @param name the name of the file, which is replaced if it exists
   * @param checkpoint the checkpoint
   * @throws IOException when the file cannot be written
   */
  void write(String name, Checkpoint checkpoint) throws IOException;

  /**
   * Reads a checkpoint with {@link CheckpointFile}.
   *
   * @param name the name of the file
   * @return the checkpoint
   * @throws IOException when the file is damaged or cannot be read
   */
  Checkpoint read(String name) throws IOException;

  /**
   * Renames a file.
   *
   * @param name the name of the file
   * @param newName its new name; a file that has it already is replaced
   * @throws IOException when the file cannot be renamed
   */
  void rename(String name, String newName) throws IOException;

  /**
   * Deletes a file, if it exists.
   *
   * @param name the name of the file
   * @throws IOException when the file cannot be deleted
   */
  void delete(String name) throws IOException;

  /** {@return the path of the folder, for messages} */
  String path();

  /**
   * Returns the path of a file, for messages.
   *
   * @param name the name of the file
   * @return the path of the file in this folder
   */
  String path(String name);
}
