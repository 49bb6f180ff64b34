package io.twinstream.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.fingerprint.LocalFingerprinter;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A worker process. It ends with its standard input, which its parent holds open and writes nothing
 * to, whatever it is doing at that moment. Frames go over a socket of their own: what native code
 * prints can't break them.
 */
public final class WorkerMain {
  /** Files are as large as they are allowed to be. */
  private static final int MAX_PAYLOAD = Integer.MAX_VALUE - 8;

  /** After bigger pictures, what Java has taken from the system is given back. */
  private static final long LARGE_HEAP = 256 << 20;

  private static final int MAX_TRACE = 8_000;

  /** Of 1,000; the higher, the sooner Linux ends this process if the machine has no memory left. */
  private static final String MEMORY_SCORE = "500";

  private WorkerMain() {}

  /**
   * Started by a pool, never by a person.
   *
   * @param args the path of the pool's socket
   */
  public static void main(String[] args) {
    work(args[0], LocalFingerprinter::new);
  }

  /** Works until there is nobody left to work for; does not return. */
  static void work(String socket, Function<FingerprintSettings, Fingerprinter> fingerprinters) {
    outliveSignals();
    Thread.ofPlatform().daemon().name("lifeline").start(WorkerMain::endWithParent);
    beFirstToGo();
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        FrameChannel frames = new FrameChannel(channel, MAX_PAYLOAD)) {
      serve(frames, fingerprinters);
    } catch (IOException e) {
      // The pool has gone, or will see that this worker has.
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  /**
   * Ctrl-C goes to all processes of a terminal, and other signals to all of a service: the parent
   * ends in order, and needs its workers until then. Java ends on a signal when all hooks have
   * ended, and this one never does.
   */
  private static void outliveSignals() {
    Runtime.getRuntime().addShutdownHook(new Thread(WorkerMain::sleepForEver));
  }

  private static void sleepForEver() {
    while (true) {
      LockSupport.park();
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever written.
      }
    } catch (IOException e) {
      // The same as an end.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void beFirstToGo() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), MEMORY_SCORE);
    } catch (IOException e) {
      // Not on this system.
    }
  }

  private static void serve(
      FrameChannel frames, Function<FingerprintSettings, Fingerprinter> fingerprinters)
      throws IOException {
    Fingerprinter fingerprinter;
    try {
      FingerprintSettings settings =
          new JsonMapper().readValue(frames.receive().payload(), FingerprintSettings.class);
      List<Drill> drills = drills();
      fingerprinter = Drill.around(drills, fingerprinters.apply(settings));
      String note = drills.stream().map(Drill::toString).collect(Collectors.joining(", "));
      frames.send(Frame.text(Frame.Kind.READY, 0, note));
    } catch (EOFException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      frames.send(Frame.text(Frame.Kind.UNABLE, 0, String.valueOf(e)));
      return;
    }
    while (true) {
      frames.send(answer(fingerprinter, frames.receive()));
      shrink();
    }
  }

  private static List<Drill> drills() {
    String text = System.getenv(Drill.VARIABLE);
    return text == null || text.isBlank() ? List.of() : Drill.parse(text);
  }

  private static Frame answer(Fingerprinter fingerprinter, Frame request) {
    try {
      FingerprintOutcome outcome = fingerprinter.fingerprint(request.payload());
      return new Frame(Frame.Kind.OUTCOME, request.id(), OutcomeCodec.write(outcome));
    } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      String text = trace.toString();
      return Frame.text(
          Frame.Kind.MISTAKE, request.id(), text.substring(0, Math.min(text.length(), MAX_TRACE)));
    }
  }

  private static void shrink() {
    if (Runtime.getRuntime().totalMemory() > LARGE_HEAP) {
      System.gc();
    }
  }
}
