package io.twinstream.ingest;

/** A source that can't be read as it is configured. The message says what to change. */
public final class UnusableSourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  /**
   * @param setting the name of the setting to change
   * @param message a sentence or two for the person who wrote it
   */
  public UnusableSourceException(String setting, String message) {
    super(message);
    this.setting = setting;
  }

  /** The name of the setting to change. */
  public String setting() {
    return setting;
  }
}
