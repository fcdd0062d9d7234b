package org.nin4j.data;

import java.util.List;
import java.util.Optional;

/**
 * A data set that passes everything on to another one. Extend it to change some of the methods: to
 * leave out images, to change them, or to observe which ones are read.
 */
public abstract class DelegatingDataset implements ImageDataset {
  private final ImageDataset delegate;

  /**
   * Creates a data set that passes everything on.
   *
   * @param delegate the data set to which the methods are passed on
   */
  protected DelegatingDataset(ImageDataset delegate) {
    this.delegate = delegate;
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public int size() {
    return delegate.size();
  }

  @Override
  public int channels() {
    return delegate.channels();
  }

  @Override
  public List<String> classes() {
    return delegate.classes();
  }

  @Override
  public int label(int index) {
    return delegate.label(index);
  }

  @Override
  public DecodedImage image(int index) {
    return delegate.image(index);
  }

  @Override
  public Optional<String> file(int index) {
    return delegate.file(index);
  }

  @Override
  public Optional<ImageSize> commonSize() {
    return delegate.commonSize();
  }

  @Override
  public boolean isDecodedOnDemand() {
    return delegate.isDecodedOnDemand();
  }

  @Override
  public Optional<String> contentDigest() {
    return delegate.contentDigest();
  }

  @Override
  public FilesLeftOut leftOut() {
    return delegate.leftOut();
  }
}
