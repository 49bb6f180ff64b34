package io.twinstream.sample;

import io.twinstream.sample.scene.Kind;
import io.twinstream.sample.scene.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a seed asks for, before anything is painted.
 *
 * @param drafts the originals; the number of each is its index
 * @param groups which originals get which copies
 * @param lookalikes which two originals only look alike
 */
record Plan(List<Draft> drafts, List<Group> groups, List<Lookalike> lookalikes) {
  /** The copies of the groups, in turn. */
  private static final int[] COPIES = {1, 3, 2, 5, 1, 4, 2};

  /**
   * How much is asked for.
   *
   * @param scenesAKind originals of each kind, lookalikes not counted
   * @param groups originals that get copies
   * @param lookalikes originals that get a lookalike
   */
  record Extent(int scenesAKind, int groups, int lookalikes) {
    /** What people get. */
    static final Extent FULL = new Extent(17, 50, 24);
  }

  /**
   * Copies to make.
   *
   * @param original a draft's number
   */
  record Group(int original, List<Edit> edits) {}

  /**
   * Two drafts of one kind, in the same colours and size, laid out differently.
   *
   * @param one a draft's number
   * @param other a draft's number
   */
  record Lookalike(int one, int other) {}

  static Plan of(long seed, Extent extent) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Draft> drafts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < extent.scenesAKind(); i++) {
        int number = drafts.size();
        drafts.add(
            new Draft(
                String.format(Locale.ROOT, "%s/%04d.jpg", kind.slug(), number + 1),
                number,
                new Scene(kind, random.nextLong(), random.nextLong())));
      }
    }
    List<Integer> chosen = new ArrayList<>(IntStream.range(0, drafts.size()).boxed().toList());
    Collections.shuffle(chosen, random);
    List<Lookalike> lookalikes = new ArrayList<>();
    for (int one : chosen.subList(0, extent.lookalikes())) {
      Scene scene = drafts.get(one).scene();
      int number = drafts.size();
      drafts.add(
          new Draft(
              String.format(Locale.ROOT, "lookalikes/%s-%04d.jpg", scene.kind().slug(), one + 1),
              number,
              new Scene(scene.kind(), scene.look(), random.nextLong())));
      lookalikes.add(new Lookalike(one, number));
    }
    List<Integer> copied =
        chosen.subList(extent.lookalikes(), extent.lookalikes() + extent.groups());
    return new Plan(drafts, groups(copied, random), lookalikes);
  }

  private static List<Group> groups(List<Integer> originals, SplittableRandom random) {
    List<Edit> deck = new ArrayList<>(List.of(Edit.values()));
    Collections.shuffle(deck, random);
    List<Group> groups = new ArrayList<>();
    int dealt = 0;
    for (int original : originals) {
      List<Edit> edits = new ArrayList<>();
      for (int i = COPIES[groups.size() % COPIES.length]; i > 0; i--) {
        edits.add(deck.get(dealt++ % deck.size()));
      }
      groups.add(new Group(original, edits));
    }
    return groups;
  }

  /** How many pictures that makes. */
  int pictures() {
    return drafts.size() + groups.stream().mapToInt(group -> group.edits().size()).sum();
  }
}
