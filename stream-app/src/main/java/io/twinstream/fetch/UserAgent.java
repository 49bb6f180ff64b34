package io.twinstream.fetch;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who asks, as servers are told.
 *
 * @param version of the app
 * @param contact where whoever runs a server can complain: an address of a page or of a mailbox
 */
public record UserAgent(String version, Optional<String> contact) {
  // What may stand in a comment of the header, but for its brackets (RFC 9110, section 5.6.5).
  private static final Pattern CONTACT = Pattern.compile("[!-'*-\\[\\]-~ ]{1,200}");

  /**
   * Who asks.
   *
   * @throws IllegalArgumentException if the contact can't stand in a header
   */
  public UserAgent {
    if (contact.isPresent() && !CONTACT.matcher(contact.get()).matches()) {
      throw new IllegalArgumentException(
          "a contact is an address in ASCII of at most 200 characters, without brackets: "
              + contact.get());
    }
  }

  /** The value of the header: {@code twinstream/VERSION (+CONTACT)}. */
  @Override
  public String toString() {
    return "twinstream/" + version + contact.map(" (+%s)"::formatted).orElse("");
  }
}
