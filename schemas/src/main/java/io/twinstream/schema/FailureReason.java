package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Why an image could not be judged by its content: a closed list. */
public enum FailureReason {
  /** The source is missing, is no URI, or is written in a way that hides where it leads. */
  INVALID_SOURCE(false),
  /** The source's scheme is none that this app may fetch. */
  UNSUPPORTED_SCHEME(false),
  /** The host leads to a private, loopback, reserved or otherwise forbidden address or port. */
  FORBIDDEN_ADDRESS(false),
  /** The file is outside the allowed folders, or is no regular file. */
  FORBIDDEN_PATH(false),
  /** No such file, or HTTP 404 or 410. */
  NOT_FOUND(false),
  /** The file may not be read by this process. */
  ACCESS_DENIED(false),
  /** Any other HTTP status than success. */
  HTTP_STATUS(true),
  /** More redirects than allowed, a redirect without an address, or one from https to http. */
  BAD_REDIRECT(false),
  /** The host has no address. */
  UNKNOWN_HOST(true),
  /** The connection was refused, reset or cut off. */
  CONNECTION_FAILED(true),
  /** The connection could not be secured. */
  TLS_FAILED(false),
  /** Nothing came for too long. */
  TIMEOUT(true),
  /** Something kept coming, but the whole took too long. */
  TOO_SLOW(true),
  /** More bytes than allowed. */
  TOO_LARGE(false),
  /** The bytes are not a picture of any known format. */
  NOT_AN_IMAGE(false),
  /** A picture of a known format that this app can't decode. */
  UNSUPPORTED_FORMAT(false),
  /** A picture of a supported format, but broken. */
  CORRUPT(false),
  /** More pixels than allowed, by its header. */
  TOO_MANY_PIXELS(false),
  /** Decoding took too long. */
  DECODER_TIMEOUT(false),
  /** Decoding ended the decoder. */
  DECODER_CRASHED(false),
  /** A newer event or a removal of the same image came while this one was being fetched. */
  SUPERSEDED(false),
  /** A mistake in this app; its log says more. */
  INTERNAL_ERROR(true);

  private final boolean retryable;

  FailureReason(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether trying again later could help, where nothing more exact is known. */
  public boolean retryable() {
    return retryable;
  }

  /** The name in events: lower case with hyphens. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads the form that {@link #toString()} writes.
   *
   * @throws IllegalArgumentException if there is no such reason
   */
  @JsonCreator
  public static FailureReason parse(String text) {
    return Arrays.stream(values())
        .filter(reason -> reason.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no such reason: " + text));
  }
}
