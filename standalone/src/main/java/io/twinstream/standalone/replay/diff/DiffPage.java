package io.twinstream.standalone.replay.diff;

import io.twinstream.schema.ImageKey;
import io.twinstream.standalone.replay.diff.Change.Kind;
import io.twinstream.standalone.replay.diff.Outcome.Duplicate;
import io.twinstream.standalone.replay.diff.Outcome.Unique;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * A web page with the changed images beside their originals. It needs nothing but the pictures,
 * which are shown from where they are; whatever else strangers wrote is text.
 */
public final class DiffPage {
  /** How many images of each kind it shows at most. */
  static final int SHOWN = 200;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 1rem/1.45 system-ui, sans-serif; margin: 1rem auto; max-width: 70rem; padding: 0 1rem; }
      h1 { font-size: 1.4rem; }
      h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
      table { border-collapse: collapse; }
      th, td { padding: .15rem .75rem .15rem 0; text-align: left; vertical-align: top; }
      td.n { font-variant-numeric: tabular-nums; text-align: right; }
      article { border-top: 1px solid #8886; display: flex; flex-wrap: wrap; gap: .75rem; padding: .75rem 0; }
      figure { flex: 1 1 9rem; margin: 0; max-width: 20rem; min-width: 0; }
      img { background: #8882; display: block; height: 11rem; object-fit: contain; width: 100%; }
      figcaption { font-size: .85rem; overflow-wrap: anywhere; }
      .role { color: GrayText; }
      """;

  private final Html html;
  private final Difference difference;
  private final Map<ImageKey, String> sources;

  private DiffPage(Html html, Difference difference, Map<ImageKey, String> sources) {
    this.html = html;
    this.difference = difference;
    this.sources = sources;
  }

  /**
   * Writes it.
   *
   * @param sources of originals
   */
  public static void write(Difference difference, Map<ImageKey, String> sources, Writer out)
      throws IOException {
    try {
      Html html = new Html(out);
      new DiffPage(html, difference, sources).write();
      html.end();
    } catch (XMLStreamException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void write() throws XMLStreamException {
    String title = "What %s changes of %s".formatted(difference.b().run(), difference.a().run());
    html.begin(title, STYLE);
    html.element("h1", title);
    html.element("p", difference.a().text());
    html.element("p", difference.b().text());
    writeCounts();
    for (Kind kind : Kind.values()) {
      List<Change> changes = difference.of(kind);
      if (!changes.isEmpty()) {
        write(kind, changes);
      }
    }
  }

  private void writeCounts() throws XMLStreamException {
    html.open("table");
    for (Map.Entry<String, Long> count : difference.counts().entrySet()) {
      html.open("tr");
      html.open("td", "class", "n");
      html.text(String.format(Locale.ROOT, "%,d", count.getValue()));
      html.close();
      html.element("td", count.getKey());
      html.close();
    }
    html.close();
  }

  private void write(Kind kind, List<Change> changes) throws XMLStreamException {
    html.open("section");
    html.element("h2", String.format(Locale.ROOT, "%s: %,d", kind.heading(), changes.size()));
    for (Change change : changes.subList(0, Math.min(SHOWN, changes.size()))) {
      write(change);
    }
    if (changes.size() > SHOWN) {
      html.element(
          "p",
          String.format(
              Locale.ROOT,
              "There are %,d more, which --format csv and json list.",
              changes.size() - SHOWN));
    }
    html.close();
  }

  private void write(Change change) throws XMLStreamException {
    html.open("article");
    String collection = change.image().collection();
    writePicture(
        collection.equals(ImageKey.DEFAULT_COLLECTION) ? "image" : "image of " + collection,
        change.image(),
        change.source());
    writeOriginal(difference.a(), change, change.a());
    writeOriginal(difference.b(), change, change.b());
    html.close();
  }

  private void writeOriginal(Side side, Change change, Outcome outcome) throws XMLStreamException {
    switch (outcome) {
      case Unique _ -> {}
      case Duplicate duplicate -> {
        ImageKey original = change.original(duplicate);
        writePicture(
            "original in %s, %d bits".formatted(side.run(), duplicate.distance()),
            original,
            sources.getOrDefault(original, ""));
      }
    }
  }

  private void writePicture(String role, ImageKey image, String source) throws XMLStreamException {
    html.open("figure");
    html.picture(source, image.id());
    html.open("figcaption");
    html.open("span", "class", "role");
    html.text(role);
    html.close();
    html.empty("br");
    html.element("bdi", image.id());
    html.empty("br");
    html.element("bdi", source.isEmpty() ? "no longer there" : source);
    html.close();
    html.close();
  }
}
