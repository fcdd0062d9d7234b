package org.nin4j.server.classify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.nin4j.server.http.HttpError;

/** The images of a body of type {@code multipart/form-data} (RFC 7578), one in each part. */
final class ImageParts extends MultiPart.AbstractPartsListener {
  /** How many images a request may have. */
  static final int MOST = 100;

  private static final int LONGEST_HEAD = 4096; // bytes of the headers of a part

  private final List<UploadedImage> images = new ArrayList<>();
  private List<ByteBuffer> pieces = new ArrayList<>();
  private boolean complete;
  private Throwable failure;

  private ImageParts() {}

  /**
   * Takes a body apart.
   *
   * @param contentType its type, with the boundary of the parts
   * @throws HttpError 400 when it is not such a body, or has no image or too many
   */
  static List<UploadedImage> read(String contentType, byte[] body) throws HttpError {
    String boundary = boundary(contentType);
    ImageParts parts = new ImageParts();
    MultiPart.Parser parser = new MultiPart.Parser(boundary, parts);
    parser.setMaxParts(MOST + 1L); // so that it is said below how many there may be
    parser.setPartHeadersMaxLength(LONGEST_HEAD);
    Content.Chunk chunk = Content.Chunk.from(ByteBuffer.wrap(body), true);
    try {
      parser.parse(chunk);
    } catch (RuntimeException e) {
      parts.failure = e;
    } finally {
      chunk.release();
    }
    if (parts.images.size() > MOST) {
      throw HttpError.badRequest(
          "the request has more than " + MOST + " images; send fewer at a time");
    }
    if (parts.failure != null || !parts.complete) {
      throw HttpError.badRequest(
          "the body is damaged or truncated: it is not the multipart/form-data that its"
              + " Content-Type announces");
    }
    return List.copyOf(parts.images);
  }

  private static String boundary(String contentType) throws HttpError {
    String boundary;
    try {
      boundary = MultiPart.extractBoundary(contentType);
    } catch (RuntimeException e) {
      boundary = null;
    }
    if (boundary == null || boundary.isEmpty()) {
      throw HttpError.badRequest(
          "the Content-Type multipart/form-data has no boundary; leave the header to the program"
              + " that writes the parts");
    }
    return boundary;
  }

  @Override
  public void onPartContent(Content.Chunk chunk) {
    ByteBuffer bytes = chunk.getByteBuffer();
    if (bytes.hasRemaining()) {
      pieces.add(bytes.slice()); // of the body, which is not copied
    }
  }

  @Override
  public void onPart(String name, String fileName, HttpFields headers) {
    boolean unchosen = pieces.isEmpty() && "".equals(fileName); // an empty field of a page's form
    if (!unchosen) {
      boolean named = fileName != null && !fileName.isEmpty();
      images.add(new UploadedImage(Optional.ofNullable(named ? fileName : name), pieces));
    }
    pieces = new ArrayList<>();
  }

  @Override
  public void onComplete() {
    complete = true;
  }

  @Override
  public void onFailure(Throwable cause) {
    failure = cause;
  }
}
