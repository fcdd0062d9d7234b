package org.nin4j.spark;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk as a Hadoop file system of another scheme. */
public final class OtherFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "other";

  /** Makes Spark find the file system. */
  static void register(Configuration hadoop) {
    hadoop.set("fs." + SCHEME + ".impl", OtherFileSystem.class.getName());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }
}
