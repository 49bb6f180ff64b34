package io.twinstream.ingest;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to rows and files that can't become events, by the settings that Connect has for
 * errors of all connectors. They are looked up in a connector's properties: Connect itself defines
 * them, and a connector that did so again would have them twice.
 *
 * @param stops whether the first one ends the task; otherwise each becomes a dead letter
 * @param logs whether each one is logged
 * @param logsContent whether what it holds is logged, too
 */
record Tolerance(boolean stops, boolean logs, boolean logsContent) {
  static final String TOLERANCE = "errors.tolerance";
  static final String LOG = "errors.log.enable";
  static final String LOG_CONTENT = "errors.log.include.messages";

  private static final Logger LOGGER = LoggerFactory.getLogger(Tolerance.class);

  /** That of a connector's properties. Nothing is lost without one, so going on is the default. */
  static Tolerance of(Map<String, String> properties) {
    return new Tolerance(
        properties.getOrDefault(TOLERANCE, "all").equalsIgnoreCase("none"),
        Boolean.parseBoolean(properties.get(LOG)),
        Boolean.parseBoolean(properties.get(LOG_CONTENT)));
  }

  /**
   * Judges one of them.
   *
   * @throws IntolerableException if it ends the task
   */
  void meet(String source, Finding.Refused refused) {
    String reason = refused.problem().message();
    if (stops) {
      throw new IntolerableException(
          "the source \"%s\" has something at %s that can't become an event: %s. Mend it, or set %s to all: then it becomes a dead letter and the task goes on"
              .formatted(source, refused.whereabouts(), reason, TOLERANCE));
    }
    if (logs && logsContent) {
      LOGGER.warn(
          "refused source={} place={} reason={} content={}",
          source,
          refused.whereabouts(),
          reason,
          refused.excerpt());
    } else if (logs) {
      LOGGER.warn("refused source={} place={} reason={}", source, refused.whereabouts(), reason);
    }
  }

  /** Something was refused where nothing may be. */
  static final class IntolerableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IntolerableException(String message) {
      super(message);
    }
  }
}
