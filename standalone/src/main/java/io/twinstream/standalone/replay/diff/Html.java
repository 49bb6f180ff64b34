package io.twinstream.standalone.replay.diff;

import java.io.Writer;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a web page that is well-formed XML, too. All text and all attributes are escaped, and what
 * no page may contain becomes U+FFFD.
 */
final class Html {
  /** What no page may contain: control characters but white space, and what is no character. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff]");

  private static final Pattern SHOWN = Pattern.compile("(?i)(https?://|file:/)\\P{Cntrl}+");

  /** Nothing but pictures and this page's own style is loaded, whatever it says. */
  private static final String POLICY =
      "default-src 'none'; img-src http: https: file:; style-src 'unsafe-inline'";

  private final XMLStreamWriter out;

  Html(Writer out) throws XMLStreamException {
    this.out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
  }

  /**
   * The head, and the beginning of the body.
   *
   * @param style has none of the characters that XML escapes
   */
  void begin(String title, String style) throws XMLStreamException {
    out.writeDTD("<!DOCTYPE html>");
    text("\n");
    open("html", "lang", "en");
    open("head");
    empty("meta", "charset", "utf-8");
    empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    empty("meta", "name", "referrer", "content", "no-referrer");
    empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    element("title", title);
    element("style", style);
    close();
    open("body");
  }

  /** Whatever is still open is closed. */
  void end() throws XMLStreamException {
    out.writeEndDocument();
    out.flush();
  }

  /** Begins an element, with attributes: a name, its value, and so on. */
  void open(String name, String... attributes) throws XMLStreamException {
    out.writeStartElement(name);
    write(attributes);
  }

  void close() throws XMLStreamException {
    out.writeEndElement();
    out.writeCharacters("\n");
  }

  /** One that never has content. */
  void empty(String name, String... attributes) throws XMLStreamException {
    out.writeEmptyElement(name);
    write(attributes);
  }

  private void write(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      out.writeAttribute(attributes[i], allowed(attributes[i + 1]));
    }
  }

  void text(String text) throws XMLStreamException {
    out.writeCharacters(allowed(text));
  }

  void element(String name, String text) throws XMLStreamException {
    open(name);
    text(text);
    close();
  }

  /** The picture that is there, if that is an address which is safe to show. */
  void picture(String source, String name) throws XMLStreamException {
    if (SHOWN.matcher(source).matches()) {
      empty("img", "src", source, "alt", name, "loading", "lazy", "decoding", "async");
    }
  }

  private static String allowed(String text) {
    return FORBIDDEN.matcher(text).replaceAll("\ufffd");
  }
}
