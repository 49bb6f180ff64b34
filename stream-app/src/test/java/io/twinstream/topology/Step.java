package io.twinstream.topology;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageKey;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** What can happen to the app. */
sealed interface Step {
  int LONGEST_STORY = 200;

  /**
   * An event comes.
   *
   * @param host whose the source is; empty if it bothers nobody
   * @param loads what becomes of each try to load it; the last one stands for all that follow
   */
  record Image(ImageKey key, String host, List<Load> loads) implements Step {
    boolean isSteady() {
      return loads.size() == 1;
    }

    /** What becomes of its load number so and so, from 0. */
    Load load(int number) {
      return loads.get(Math.min(number, loads.size() - 1));
    }
  }

  /**
   * The record of an event that came before comes again.
   *
   * @param back how many events before
   */
  record Again(int back) implements Step {}

  /** An image is removed, there or not. */
  record Removal(ImageKey key) implements Step {}

  /** A record comes that nobody can read. */
  record Junk() implements Step {}

  /**
   * One of the loads that are under way ends.
   *
   * @param which modulo their number
   */
  record End(int which) implements Step {}

  /** Time goes by. */
  record Wait(int millis) implements Step {}

  /**
   * The task ends and another one begins.
   *
   * @param stateLost whether it finds nothing but the changelogs
   */
  record Restart(boolean stateLost) implements Step {}

  /**
   * The index fails.
   *
   * @param uses at which use, from now on
   */
  record Breakdown(int uses) implements Step {}

  /** What becomes of a load. */
  sealed interface Load {
    /** It times out. */
    record FailsForNow() implements Load {}

    /** There was no room. */
    record NotTried() implements Load {}

    /** Another host has it. */
    record Moves() implements Load {}

    /** It fails for good. */
    record Fails(FailureReason reason) implements Load {}

    /** It throws what nobody has foreseen. */
    record Breaks(boolean withError) implements Load {}

    /** It brings a file, as {@link ScriptedLoads} reads them. */
    record Brings(String file) implements Load {}
  }

  /** Anything, in any order, about few images and few pictures. */
  static Arbitrary<List<Step>> stories(String... hosts) {
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(16, images(hosts)),
            Tuple.of(2, Arbitraries.integers().between(1, 4).map(Again::new)),
            Tuple.of(3, keys().map(Removal::new)),
            Tuple.of(1, Arbitraries.just(new Junk())),
            Tuple.of(16, Arbitraries.integers().between(0, 7).map(End::new)),
            Tuple.of(8, Arbitraries.of(5, 5, 5, 1000, 2000).map(Wait::new)),
            Tuple.of(1, Arbitraries.of(true, false).map(Restart::new)),
            Tuple.of(1, Arbitraries.integers().between(1, 4).map(Breakdown::new)));
    return step.list().ofMaxSize(LONGEST_STORY).withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<Step> images(String... hosts) {
    return Combinators.combine(keys(), Arbitraries.of(hosts), loads()).as(Image::new);
  }

  private static Arbitrary<ImageKey> keys() {
    return Combinators.combine(Arbitraries.of("a", "b/%"), Arbitraries.of("1", "2", "3", "4"))
        .as(ImageKey::new);
  }

  private static Arbitrary<List<Load>> loads() {
    Arbitrary<Load> passing =
        Arbitraries.of(new Load.FailsForNow(), new Load.NotTried(), new Load.Moves());
    Arbitrary<Load> last =
        Arbitraries.frequencyOf(
            Tuple.of(16, files().map(Load.Brings::new)),
            Tuple.of(1, Arbitraries.just(new Load.FailsForNow())),
            Tuple.of(1, Arbitraries.just(new Load.Fails(FailureReason.NOT_FOUND))),
            Tuple.of(1, Arbitraries.of(true, false).map(Load.Breaks::new)));
    Arbitrary<List<Load>> before =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(List.<Load>of())),
            Tuple.of(1, passing.list().ofMinSize(1).ofMaxSize(3)));
    return Combinators.combine(before, last)
        .as((some, end) -> {
          List<Load> all = new ArrayList<>(some);
          all.add(end);
          return List.copyOf(all);
        });
  }

  /** Of three scenes far apart, each with what is 1, 3, 4, 5 and 8 bits off, in two files each. */
  private static Arbitrary<String> files() {
    Arbitrary<Long> scenes = Arbitraries.of(0L, -1L, 0xFFFF_0000_00FF_0FF0L);
    Arbitrary<Long> edits =
        Arbitraries.of(List.of(0L, 1L, 0b111L, 0b1111L, 0b1_1111L, 0xFL << 60, 0xFFL << 20));
    return Combinators.combine(
            scenes, edits, Arbitraries.of(" one", " other", ScriptedLoads.FEATURELESS))
        .as((scene, edit, rest) -> "%016x%s".formatted(scene ^ edit, rest));
  }
}
