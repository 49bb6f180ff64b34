package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchSubjectTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/example.org",
        "host/example.org:8080",
        "host/example.org:65535",
        "host/xn--bcher-kva.example",
        "host/my_host",
        "host/127.0.0.1:8000",
        "host/[::1]",
        "host/[2001:db8::1]:8443",
        "image/default/1",
        "image/shop%2F7/a/b.jpg"
      })
  void aSubjectIsReadAsItWasWritten(String text) {
    assertThat(FetchSubject.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "host/",
        "host/Example.org",
        "host/example.org.",
        "host/example.org/",
        "host/https://example.org",
        "host/a@example.org",
        "host/b\u00fccher.example",
        "host/example.org:",
        "host/example.org:port",
        "host/example.org:0",
        "host/example.org:08080",
        "host/example.org:0443",
        "host/example.org:65536",
        "host/::1",
        "host/ example.org",
        "image/",
        "image/1",
        "image/a%2Fb",
        "collection/a"
      })
  void whatCouldNeverBeMetIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> FetchSubject.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org:80", "example.org:443", "[::1]:443"})
  void aDefaultPortIsRefusedSinceNoHostIsCalledSo(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FetchSubject.Host(host))
        .withMessageContaining(
            host.substring(0, host.lastIndexOf(':')) + " means all ports of that host");
  }

  @Test
  void aHostWithoutAPortMeansAllItsPorts() {
    FetchSubject.Host all = new FetchSubject.Host("example.org");
    FetchSubject.Host one = new FetchSubject.Host("example.org:8080");

    assertThat(List.of("example.org", "example.org:8080", "example.org:81")).allMatch(all::covers);
    assertThat(all.covers("example.organic")).isFalse();
    assertThat(all.covers("www.example.org")).isFalse();
    assertThat(one.covers("example.org:8080")).isTrue();
    assertThat(List.of("example.org", "example.org:80")).noneMatch(one::covers);
    assertThat(new FetchSubject.Host("[::1]").covers("[::1]:8080")).isTrue();
  }

  @Test
  void whatAnInstructionLeavesOutIsNotMeant() {
    Instant now = Instant.parse("2026-05-04T10:20:30Z");

    FetchInstruction instruction = new FetchInstruction(false, null, now, null);

    assertThat(instruction.cancels()).isFalse();
    assertThat(instruction.note()).isEmpty();
    assertThat(new FetchInstruction(false, now, now, "").cancels()).isTrue();
  }

  @Test
  void anInstructionHasATimeAndAShortNote() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FetchInstruction(true, null, null, ""))
        .withMessageContaining("\"at\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FetchInstruction(true, null, Instant.EPOCH, "x".repeat(1001)))
        .withMessageContaining("1000");
  }
}
