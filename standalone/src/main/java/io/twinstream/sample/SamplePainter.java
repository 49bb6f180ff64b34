package io.twinstream.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Paints a folder of pictures to try the product on, some of them duplicates under real edits, and
 * writes down which. One seed gives the same bytes each time.
 *
 * <p>The truth is safe: each picture is hashed as the product hashes it, a scene that comes too
 * near to another is laid out anew, and an edit that strays too far is left out.
 */
public final class SamplePainter {
  /** For those who don't care. */
  public static final long DEFAULT_SEED = 1;

  /**
   * Chance refuses a scene in a few samples; one refused this often means that hashing is broken.
   */
  private static final int MAX_ROUNDS = 20;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final long seed;
  private final Plan.Extent extent;

  /** Painters of one seed paint one sample. */
  public SamplePainter(long seed) {
    this(seed, Plan.Extent.FULL);
  }

  SamplePainter(long seed, Plan.Extent extent) {
    this.seed = seed;
    this.extent = extent;
  }

  /**
   * Paints, on all cores, then writes. Takes some seconds and about 150 MB of memory.
   *
   * @param dir a new or an empty folder, or one in which this was interrupted
   * @param progress hears of each picture
   * @throws IOException if the folder holds something or can't be written; the message is for a
   *     person. Files already written stay, and painting again finishes the sample
   */
  public Sample paint(Path dir, Progress progress) throws IOException {
    SampleFolder folder = SampleFolder.open(dir, seed);
    Plan plan = Plan.of(seed, extent);
    Tally tally = new Tally(plan.pictures(), progress);
    Gallery gallery = new Gallery();
    List<SampleFile> originals = paintOriginals(plan.drafts(), gallery, tally);
    List<Copy> copies = makeCopies(plan.groups(), originals, gallery, tally);

    List<SampleFile> pictures =
        Stream.concat(originals.stream(), copies.stream().map(Copy::file)).toList();
    for (SampleFile picture : pictures) {
      folder.write(picture.path(), picture.bytes());
    }
    folder.write("README.txt", readme().getBytes(UTF_8));
    Truth truth = truth(plan, originals, copies);
    Path written = folder.write("truth.json", JSON.writeValueAsBytes(truth));
    folder.finish();
    return new Sample(
        dir,
        written,
        pictures.size(),
        truth.groups().size(),
        copies.size(),
        truth.hardNegatives().size(),
        pictures.stream().mapToLong(picture -> picture.bytes().length).sum());
  }

  /** All drafts painted, in their order, those that the gallery refuses laid out anew. */
  private static List<SampleFile> paintOriginals(List<Draft> drafts, Gallery gallery, Tally tally) {
    List<SampleFile> taken = new ArrayList<>();
    List<Draft> open = drafts;
    for (int round = 0; !open.isEmpty(); round++) {
      if (round == MAX_ROUNDS) {
        throw new IllegalStateException(
            "%d scenes still look like others after %d layouts".formatted(open.size(), round));
      }
      List<Draft> refused = new ArrayList<>();
      // Painted in any order, judged in one.
      List<SampleFile> painted = open.parallelStream().map(tally.counting(Draft::paint)).toList();
      for (int i = 0; i < painted.size(); i++) {
        if (gallery.takeOriginal(painted.get(i))) {
          taken.add(painted.get(i));
        } else {
          refused.add(open.get(i).laidOutAnew());
        }
      }
      tally.discount(refused.size());
      open = refused;
    }
    taken.sort(Comparator.comparingInt(SampleFile::scene));
    return taken;
  }

  private static List<Copy> makeCopies(
      List<Plan.Group> groups, List<SampleFile> originals, Gallery gallery, Tally tally) {
    List<List<Copy>> made =
        groups.parallelStream()
            .map(group ->
                group.edits().stream()
                    .map(tally.counting(edit -> Copy.of(originals.get(group.original()), edit)))
                    .toList())
            .toList();
    List<Copy> taken = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      List<Copy> good = made.get(i).stream().filter(copy -> gallery.takeCopy(copy.file())).toList();
      taken.addAll(good);
      if (good.isEmpty()) {
        taken.add(Copy.of(originals.get(groups.get(i).original()), Edit.EXACT_COPY));
      }
    }
    return taken;
  }

  private String readme() {
    return """
    These pictures were painted by "twinstream sample", seed %d. Nobody's photographs are among
    them. truth.json says which are duplicates of each other:

      copies/, backup/  edited and exact copies of pictures in the other folders
      lookalikes/       pictures much like another one, but no duplicates
      all the rest      originals, no two of them alike
    """
        .formatted(seed);
  }

  private Truth truth(Plan plan, List<SampleFile> originals, List<Copy> copies) {
    SortedMap<Integer, List<Copy>> byScene =
        copies.stream()
            .collect(groupingBy(copy -> copy.file().scene(), TreeMap::new, Collectors.toList()));
    List<Truth.Group> groups = new ArrayList<>();
    byScene.forEach((scene, ofScene) -> {
      List<String> members = new ArrayList<>(List.of(originals.get(scene).path()));
      SortedMap<String, String> edits = new TreeMap<>();
      for (Copy copy : ofScene) {
        members.add(copy.file().path());
        edits.put(copy.file().path(), copy.edit().slug());
      }
      groups.add(new Truth.Group(members, edits));
    });
    List<List<String>> hardNegatives =
        plan.lookalikes().stream()
            .map(pair ->
                List.of(originals.get(pair.one()).path(), originals.get(pair.other()).path()))
            .toList();
    return new Truth(seed, groups, hardNegatives, originals.size() + copies.size());
  }

  /** An edited picture and how it came about. */
  private record Copy(SampleFile file, Edit edit) {
    static Copy of(SampleFile original, Edit edit) {
      return new Copy(
          new SampleFile(
              edit.pathFor(original.path()), original.scene(), edit.apply(original.bytes())),
          edit);
    }
  }
}
