package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Why an image could not be judged by its content. The list can grow; none is renamed or removed.
 */
public enum FailureReason {
  /** The source is missing, is no URI, or is written in a way that hides where it leads. */
  INVALID_SOURCE(Retry.NEVER),
  /** The source's scheme is none that this app may fetch. */
  UNSUPPORTED_SCHEME(Retry.NEVER),
  /** The host leads to a private, loopback, reserved or otherwise forbidden address or port. */
  FORBIDDEN_ADDRESS(Retry.NEVER),
  /** The file is outside the allowed folders, or is no regular file. */
  FORBIDDEN_PATH(Retry.NEVER),
  /** No such file, or HTTP 404 or 410. */
  NOT_FOUND(Retry.NEVER),
  /** The file may not be read by this process. */
  ACCESS_DENIED(Retry.NEVER),
  /** Any other HTTP status than success. */
  HTTP_STATUS(Retry.BY_ITSELF),
  /** More redirects than allowed, a redirect without an address, or one from https to http. */
  BAD_REDIRECT(Retry.NEVER),
  /** The host has no address. */
  UNKNOWN_HOST(Retry.BY_ITSELF),
  /** The connection was refused, reset or cut off. */
  CONNECTION_FAILED(Retry.BY_ITSELF),
  /** The connection could not be secured. */
  TLS_FAILED(Retry.NEVER),
  /** Nothing came for too long. */
  TIMEOUT(Retry.BY_ITSELF),
  /** Something kept coming, but the whole took too long. */
  TOO_SLOW(Retry.ON_REQUEST),
  /**
   * The host has failed so often of late that it is left alone for a while: its circuit breaker is
   * open.
   */
  HOST_UNAVAILABLE(Retry.BY_ITSELF),
  /** More bytes than allowed. */
  TOO_LARGE(Retry.NEVER),
  /** The bytes are not a picture of any known format. */
  NOT_AN_IMAGE(Retry.NEVER),
  /** A picture of a known format that this app can't decode. */
  UNSUPPORTED_FORMAT(Retry.NEVER),
  /** A picture of a supported format, but broken. */
  CORRUPT(Retry.NEVER),
  /** More pixels than allowed, by its header. */
  TOO_MANY_PIXELS(Retry.NEVER),
  /** Decoding took too long. */
  DECODER_TIMEOUT(Retry.NEVER),
  /** Decoding ended the decoder. */
  DECODER_CRASHED(Retry.NEVER),
  /** A newer event or a removal of the same image came while this one was being fetched. */
  SUPERSEDED(Retry.NEVER),
  /** An operator gave it up. */
  CANCELLED(Retry.ON_REQUEST),
  /** A mistake in this app; its log says more. */
  INTERNAL_ERROR(Retry.ON_REQUEST);

  /** HTTP statuses that pass by themselves, besides 500 and above (RFC 9110, 8470 and 6585). */
  private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429);

  private final Retry retry;

  FailureReason(Retry retry) {
    this.retry = retry;
  }

  /** What another try can change. */
  public enum Retry {
    /** It often helps: the app tries again by itself, a few times. */
    BY_ITSELF,
    /** It may help after somebody has looked into it. */
    ON_REQUEST,
    /** It changes nothing as long as the source is what it is. */
    NEVER
  }

  /**
   * What another try can change.
   *
   * @param httpStatus of the answer; 0 where there was none
   */
  public Retry retry(int httpStatus) {
    boolean lasts =
        this == HTTP_STATUS && httpStatus < 500 && !PASSING_STATUSES.contains(httpStatus);
    return lasts ? Retry.NEVER : retry;
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
