package org.nin4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.nin4j.tracking.CheckpointFile;
import org.nin4j.tracking.CheckpointFolder;
import org.nin4j.train.Checkpoint;

/**
 * A folder for checkpoints on any Hadoop file system. A file is written under a temporary name in
 * the same folder and then renamed, which HDFS and local file systems do in one step; a store of
 * objects shows an object only when all of it is there.
 */
final class HadoopFolder implements CheckpointFolder {
  private final FileSystem files;
  private final Path folder;

  /**
   * Finds the file system of a folder, which need not exist yet.
   *
   * @throws IllegalArgumentException when the text is not a path
   * @throws IOException when there is no such file system, or it cannot be reached
   */
  HadoopFolder(String folder, Configuration hadoop) throws IOException {
    Path path;
    try {
      path = new Path(folder);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + folder + "' is not the path of a folder (" + FirstLine.of(e) + ")", e);
    }
    try {
      files = path.getFileSystem(hadoop);
    } catch (IOException e) {
      throw failed(folder, "its file system cannot be used", e);
    }
    this.folder = files.makeQualified(path);
  }

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus each : files.listStatus(folder)) {
        names.add(each.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed(path(), "the folder cannot be listed", e);
    }
    return names;
  }

  @Override
  public void write(String name, Checkpoint checkpoint) throws IOException {
    // A driver that was killed leaves this file behind, and writes it again when it is resumed.
    Path temporary = new Path(folder, "." + name + ".tmp");
    try {
      TemporaryFile.use(
          name,
          local -> {
            CheckpointFile.write(local, checkpoint);
            files.mkdirs(folder);
            copy(local, temporary);
            move(temporary, new Path(folder, name));
            return null;
          });
    } catch (IOException e) {
      deleteQuietly(temporary);
      throw failed(path(name), "the checkpoint cannot be written", e);
    }
  }

  private void copy(java.nio.file.Path from, Path to) throws IOException {
    try (FSDataOutputStream out = files.create(to, true)) {
      Files.copy(from, out);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    }
  }

  @Override
  public Checkpoint read(String name) throws IOException {
    return TemporaryFile.use(
        name,
        local -> {
          try (InputStream in = files.open(new Path(folder, name))) {
            Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
          } catch (IOException e) {
            throw failed(path(name), "the checkpoint cannot be read", e);
          }
          try {
            return CheckpointFile.read(local);
          } catch (IOException e) {
            throw new IOException(FirstLine.of(e).replace(local.toString(), path(name)), e);
          }
        });
  }

  @Override
  public void rename(String name, String newName) throws IOException {
    try {
      move(new Path(folder, name), new Path(folder, newName));
    } catch (IOException e) {
      throw failed(path(name), "cannot be renamed to " + newName, e);
    }
  }

  /** Not all file systems replace a file. */
  private void move(Path from, Path to) throws IOException {
    files.delete(to, false);
    if (!files.rename(from, to)) {
      throw new IOException("the file system refuses to rename " + from.getName());
    }
  }

  @Override
  public void delete(String name) throws IOException {
    try {
      files.delete(new Path(folder, name), false);
    } catch (IOException e) {
      throw failed(path(name), "the checkpoint cannot be deleted", e);
    }
  }

  private void deleteQuietly(Path temporary) {
    try {
      files.delete(temporary, false);
    } catch (IOException e) {
      // The failure that led here is the one to tell.
    }
  }

  @Override
  public String path() {
    return folder.toString();
  }

  @Override
  public String path(String name) {
    return new Path(folder, name).toString();
  }

  private static IOException failed(String path, String complaint, IOException cause) {
    return new IOException(path + ": " + complaint + " (" + FirstLine.of(cause) + ")", cause);
  }
}
