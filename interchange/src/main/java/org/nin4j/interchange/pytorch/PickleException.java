package org.nin4j.interchange.pytorch;

/** A pickle that is damaged, or asks for what is not given. */
final class PickleException extends Exception {
  private static final long serialVersionUID = 1;
  private static final String DAMAGED = "the file is damaged; save or copy it again";

  private final String remedy;

  /**
   * @param complaint what the pickle does, as in "names Python's 'os.system'"
   * @param remedy what to do
   */
  PickleException(String complaint, String remedy) {
    super(complaint);
    this.remedy = remedy;
  }

  /** No program writes such a pickle. */
  static PickleException damaged(String complaint) {
    return new PickleException(complaint, DAMAGED);
  }

  String remedy() {
    return remedy;
  }
}
