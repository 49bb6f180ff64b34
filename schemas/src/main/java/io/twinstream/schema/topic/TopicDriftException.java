package io.twinstream.schema.topic;

import java.util.List;

/** Topics on the cluster are not as they have to be; the message names each difference. */
public final class TopicDriftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicDriftException(List<String> differences) {
    super("topics differ from their definitions:\n  " + String.join("\n  ", differences));
  }
}
