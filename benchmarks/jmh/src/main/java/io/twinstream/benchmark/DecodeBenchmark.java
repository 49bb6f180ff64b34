package io.twinstream.benchmark;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;

import io.twinstream.picture.DecodedPicture;
import io.twinstream.picture.PictureDecoder;
import io.twinstream.picture.RefusedPictureException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a JPEG file to grey pixels, against OpenCV itself and against ImageIO. The heap
 * is small as that of a worker: in a large one every array lies on pages that nobody has touched.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Djava.awt.headless=true", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class DecodeBenchmark {
  private static final int MIN_SIDE = 256;

  /** About 470 × 400 pixels, or those of the folder; or 12 megapixels. */
  @Param({"web", "12mp", "12mp-progressive"})
  public String size;

  private PictureDecoder decoder;
  private List<byte[]> files;
  private int openCvMode;

  /** One a thread: which file is next. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    byte[] next(List<byte[]> files) {
      return files.get(next++ % files.size());
    }
  }

  /** Makes or reads the files. */
  @Setup
  public void prepare() throws IOException {
    ImageIO.setUseCache(false);
    decoder = new PictureDecoder(50_000_000);
    files = JpegFiles.sized(size);
    openCvMode = size.equals("web") ? IMREAD_GRAYSCALE : IMREAD_REDUCED_GRAYSCALE_8;
    System.out.printf(
        "%d files, %,d bytes on average%n",
        files.size(), files.stream().mapToInt(file -> file.length).sum() / files.size());
  }

  /** Header, decoding at the scale that a hash needs, grey pixels on the heap. */
  @Benchmark
  public DecodedPicture twinstream(Turn turn) throws RefusedPictureException {
    return decoder.decode(turn.next(files), MIN_SIDE);
  }

  /** The same pixels, left where OpenCV put them. */
  @Benchmark
  public int openCv(Turn turn) {
    byte[] file = turn.next(files);
    try (BytePointer bytes = new BytePointer(file);
        Mat encoded = new Mat(1, file.length, opencv_core.CV_8U, bytes);
        Mat pixels = opencv_imgcodecs.imdecode(encoded, openCvMode | IMREAD_IGNORE_ORIENTATION)) {
      return pixels.cols();
    }
  }

  /** All pixels in colour. */
  @Benchmark
  public BufferedImage imageIo(Turn turn) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(turn.next(files)));
  }
}
