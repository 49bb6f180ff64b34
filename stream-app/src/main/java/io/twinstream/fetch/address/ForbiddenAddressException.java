package io.twinstream.fetch.address;

import java.io.IOException;

/** An address that may not be asked; the message says which and what would allow it. */
public final class ForbiddenAddressException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Rule rule;

  ForbiddenAddressException(Rule rule, String message) {
    super(message);
    this.rule = rule;
  }

  /** What forbids it. */
  public Rule rule() {
    return rule;
  }
}
