package io.twinstream.benchmark;

import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fetch.address.ForbiddenAddressException;
import io.twinstream.fetch.address.WebAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the rules for addresses cost each download. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class AddressBenchmark {
  private static final String URL = "https://images.example.org/uploads/2026/11/beach.jpg?w=1024";

  private final AddressPolicy policy = AddressPolicy.PUBLIC_ONLY;
  private final InetAddress address;

  /** Knows one address. */
  public AddressBenchmark() {
    try {
      address = InetAddress.getByAddress(new byte[] {93, (byte) 184, (byte) 215, 14});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reading an address and judging it. */
  @Benchmark
  public WebAddress readAndJudge() throws ForbiddenAddressException {
    WebAddress read = WebAddress.parse(URL);
    policy.check(read);
    return read;
  }

  /** Judging what DNS has answered; done once more when the connection is made. */
  @Benchmark
  public InetAddress judgeAnswer() throws ForbiddenAddressException {
    policy.check(address);
    return address;
  }
}
