package io.twinstream.ingest.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DiskTest {
  @Property
  void namesSortAsTheirUtf8Does(@ForAll("names") String one, @ForAll("names") String other) {
    int bytes = Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));

    assertThat(Integer.signum(Disk.byCodePoints(one, other))).isEqualTo(Integer.signum(bytes));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
            "a",
            "B",
            "\u00e9",
            "e\u0301",
            "\u4e2d",
            "\uE000",
            "\uFFFD",
            "\uD83D\uDDBC",
            "\uD83D\uDE00")
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }
}
