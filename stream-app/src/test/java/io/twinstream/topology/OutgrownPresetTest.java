package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.match.Preset;
import io.twinstream.schema.Threshold;
import java.io.File;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgrownPresetTest {
  @TempDir private Path folder;

  @Test
  void collectionsAreCountedOnceWhenTheyOutgrowTheirPreset() {
    MockProcessorContext<Void, Void> context = context(folder.toFile());
    Threshold loose = new Threshold("PDQ", Preset.LOOSE.radius("PDQ").orElseThrow());
    OutgrownPreset sut = new OutgrownPreset(context, loose);

    sut.check("small", Preset.LOOSE.largest());
    assertThat(outgrown(context)).isZero();
    sut.check("large", Preset.LOOSE.largest() + 1);
    sut.check("large", Preset.LOOSE.largest() + 2);
    sut.check("vast", 1_000_000);

    assertThat(outgrown(context)).isEqualTo(2);
    sut.close();
    assertThat(context.metrics().metrics().keySet())
        .noneMatch(name -> name.name().equals(OutgrownPreset.NAME));
  }

  @Test
  void aRadiusOfOnesOwnIsNoPresetThatCouldBeOutgrown() {
    MockProcessorContext<Void, Void> context = context(folder.toFile());
    OutgrownPreset sut = new OutgrownPreset(context, new Threshold("PDQ", 17));

    sut.check("vast", Long.MAX_VALUE);

    assertThat(outgrown(context)).isZero();
  }

  private static MockProcessorContext<Void, Void> context(File folder) {
    return new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder);
  }

  private static int outgrown(MockProcessorContext<Void, Void> context) {
    return context.metrics().metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(OutgrownPreset.NAME))
        .map(metric -> ((Double) metric.getValue().metricValue()).intValue())
        .findFirst()
        .orElseThrow();
  }
}
