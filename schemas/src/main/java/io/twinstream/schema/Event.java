package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A value on a public topic. Says which version of its schema it was written with. */
public sealed interface Event
    permits ImageMetadata,
        FetchInstruction,
        FingerprintRecord,
        ReplayRun,
        SourceProgress,
        ThresholdChange,
        Verdict {
  /** The version that this build writes and the only one that it reads. */
  int VERSION = 1;

  /** Always {@value #VERSION}: a value of another version is refused when it is read. */
  @JsonProperty(value = "version", access = JsonProperty.Access.READ_ONLY, index = 0)
  default int version() {
    return VERSION;
  }
}
