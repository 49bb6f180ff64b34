package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.schema.Fingerprint;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A worker whose pictures tell it what to do. Its fingerprints have its process number for a width
 * and count its pictures in their height.
 */
public final class RogueWorker {
  /** Of the environment: how it misbehaves from the beginning. */
  static final String MANNER = "ROGUE";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private RogueWorker() {}

  public static void main(String[] args) throws IOException {
    switch (System.getenv(MANNER)) {
      case "unable" ->
          WorkerMain.work(
              args[0],
              settings -> {
                throw new UnsatisfiedLinkError("no such library");
              });
      case "deaf" -> LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
      case "cut", "nonsense" -> lie(args[0], System.getenv(MANNER));
      case null, default -> WorkerMain.work(args[0], settings -> RogueWorker::fingerprint);
    }
  }

  /** Greets as it should, and then answers with half a frame or with none. */
  private static void lie(String socket, String manner) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        FrameChannel frames = new FrameChannel(channel, 1 << 20)) {
      frames.receive();
      frames.send(Frame.text(Frame.Kind.READY, 0, ""));
      frames.receive();
      byte[] bytes = new byte[100];
      Arrays.fill(bytes, (byte) 7);
      // A frame begins with these four.
      ByteBuffer answer = ByteBuffer.wrap(bytes).putInt(0, 0x7457_6901).put(4, (byte) 'O');
      if (manner.equals("cut")) {
        answer.putInt(13, 1000);
      }
      channel.write(answer);
      if (manner.equals("nonsense")) {
        frames.receive();
      }
    }
  }

  private static FingerprintOutcome fingerprint(byte[] file) {
    String[] words =
        new String(file, 0, Math.min(file.length, 500), StandardCharsets.UTF_8).split(" ", 2);
    try {
      switch (words[0]) {
        case "halt" -> Runtime.getRuntime().halt(42);
        case "halt-once" -> haltOnce(Path.of(words[1]));
        case "hang" -> LockSupport.park();
        case "print" -> print();
        case "mistake" -> throw new IllegalStateException("a mistake");
        case "await" -> await(() -> Files.exists(Path.of(words[1])));
        case "meet" -> meet(Path.of(words[1]));
        default -> {}
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new FingerprintOutcome.Done(
        new Fingerprint(
            "0".repeat(64),
            file.length,
            "png",
            Math.toIntExact(ProcessHandle.current().pid()),
            COUNT.incrementAndGet(),
            50,
            List.of()));
  }

  private static void haltOnce(Path mark) throws IOException {
    try {
      Files.createFile(mark);
      Runtime.getRuntime().halt(42);
    } catch (FileAlreadyExistsException e) {
      // This is the second time.
    }
  }

  /** As native code does it, past {@code System.out}. */
  private static void print() throws IOException {
    byte[] nonsense = new byte[1 << 20];
    Arrays.fill(nonsense, (byte) 'x');
    try (FileOutputStream output = new FileOutputStream(FileDescriptor.out)) {
      output.write(nonsense);
    }
  }

  /** Ends when two workers are at it at once. */
  private static void meet(Path folder) throws IOException {
    Files.createFile(folder.resolve(Long.toString(ProcessHandle.current().pid())));
    await(() -> {
      try (Stream<Path> all = Files.list(folder)) {
        return all.count() == 2;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
