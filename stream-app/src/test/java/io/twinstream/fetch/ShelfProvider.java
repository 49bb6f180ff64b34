package io.twinstream.fetch;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.schema.FailureReason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** A store of two texts, found by its scheme: the shortest provider that there can be. */
public final class ShelfProvider implements FetcherProvider {
  private static final Map<String, String> TEXTS = Map.of("shelf:a", "first", "shelf:b", "second");

  @Override
  public Set<String> schemes() {
    return Set.of("shelf");
  }

  @Override
  public Fetcher open(SourceSettings settings) {
    return request -> {
      String text = TEXTS.get(request.address());
      if (text == null) {
        return new Failed(FailureReason.NOT_FOUND, request.address() + " is not on the shelf");
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      request.memory().grow(bytes.length);
      return new Fetched(bytes);
    };
  }
}
