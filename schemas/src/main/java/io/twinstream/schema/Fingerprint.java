package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of an image.
 *
 * @param sha256 SHA-256 (FIPS 180-4) of its bytes, 64 lower-case hexadecimal digits
 * @param bytes the size of the file
 * @param format the decoder's name of the format in lower case, for example {@code jpeg}
 * @param width pixels
 * @param height pixels
 * @param quality how much a perceptual hash of this picture can be trusted, 0 (featureless) to 100
 * @param hashes one perceptual hash an algorithm
 * @param turned the hashes of the picture turned and mirrored, where those were asked for
 * @param pixelsSha256 SHA-256 of the upright pixels, 64 lower-case hexadecimal digits: equal for
 *     files that differ only in how they keep the same pixels; empty where it was not asked for
 * @param measures what else can be seen of it, or {@link Measures#NONE}
 * @param views the hashes of parts of the picture, where those were asked for
 */
public record Fingerprint(
    String sha256,
    long bytes,
    String format,
    int width,
    int height,
    int quality,
    List<PerceptualHash> hashes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TurnedHash> turned,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String pixelsSha256,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Measures.LeftOut.class)
        Measures measures,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ViewedHash> views) {
  /** Below this quality a picture matches only others with equal bytes or pixels. */
  public static final int MIN_QUALITY = 5;

  public Fingerprint {
    hashes = List.copyOf(hashes);
    turned = List.copyOf(Objects.requireNonNullElse(turned, List.of()));
    pixelsSha256 = Objects.requireNonNullElse(pixelsSha256, "");
    measures = Objects.requireNonNullElse(measures, Measures.NONE);
    views = List.copyOf(Objects.requireNonNullElse(views, List.of()));
  }

  /** One without what is only kept when it is asked for. */
  public Fingerprint(
      String sha256,
      long bytes,
      String format,
      int width,
      int height,
      int quality,
      List<PerceptualHash> hashes) {
    this(
        sha256,
        bytes,
        format,
        width,
        height,
        quality,
        hashes,
        List.of(),
        "",
        Measures.NONE,
        List.of());
  }

  /** The same without the hashes of other parts and of other orientations than these. */
  public Fingerprint only(Collection<Orientation> ways, Collection<View> parts) {
    return new Fingerprint(
        sha256,
        bytes,
        format,
        width,
        height,
        quality,
        hashes,
        turned.stream().filter(hash -> ways.contains(hash.orientation())).toList(),
        pixelsSha256,
        measures,
        views.stream().filter(hash -> parts.contains(hash.view())).toList());
  }

  /** The hash of that algorithm, if it was computed. */
  public Optional<BinaryCode> hash(String algorithm) {
    return hashes.stream()
        .filter(hash -> hash.algorithm().equals(algorithm))
        .map(PerceptualHash::code)
        .findFirst();
  }

  /** All codes under that algorithm, if the whole picture has one. */
  public Optional<Codes> codes(String algorithm) {
    return hash(algorithm)
        .map(whole -> {
          Map<View, BinaryCode> upright = new EnumMap<>(View.class);
          upright.put(View.WHOLE, whole);
          for (ViewedHash part : views) {
            if (part.algorithm().equals(algorithm)) {
              upright.put(part.view(), part.code());
            }
          }
          Map<Orientation, BinaryCode> ways = new EnumMap<>(Orientation.class);
          for (TurnedHash way : turned) {
            if (way.algorithm().equals(algorithm)) {
              ways.put(way.orientation(), way.code());
            }
          }
          return new Codes(upright, ways);
        });
  }

  /** Whether the picture has too little in it for its perceptual hashes to mean anything. */
  @JsonIgnore
  public boolean isFeatureless() {
    return quality < MIN_QUALITY;
  }
}
