package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.standalone.scan.Command;
import io.twinstream.standalone.scan.Pictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another radius for a data directory. */
@Timeout(300)
class AdoptedScanIT {
  @TempDir private Path folder;

  @Test
  void theNextScanMatchesByTheRadiusThatWasAdoptedAndAfterItIsTakenBackByTheFirst()
      throws Exception {
    String data = folder.resolve("out/.data").toString();
    Path pictures = picture("pictures", 0);
    Files.write(pictures.resolve("original.jpg"), Pictures.jpeg(1));
    assertThat(scan(0, "--json", pictures.toString()).output()).contains("\"duplicates\" : 1");

    Command refused = scan(2, "--radius=0", pictures.toString());
    run(0, "replay", "--run=tight", "--radius=0", "--data=" + data);
    Command adopted = run(0, "adopt", "tight", "--data=" + data);
    Command second = scan(0, "--json", picture("second", 1).toString());
    Command verified = run(0, "verify", "--data=" + data);
    run(0, "adopt", "--undo", "--data=" + data);
    Command third = scan(0, "--json", picture("third", 2).toString());

    assertThat(refused.errors())
        .contains("twinstream replay --data " + data)
        .contains("twinstream adopt NAME --data " + data);
    assertThat(adopted.output()).contains("takes effect with the next scan");
    assertThat(second.errors()).contains("Matching: PDQ, radius 0");
    assertThat(new ObjectMapper().readTree(second.output()).get("unique").asInt()).isEqualTo(1);
    assertThat(verified.output()).contains("0 different");
    assertThat(third.errors()).contains("Matching with preset loose: PDQ");
    assertThat(new ObjectMapper().readTree(third.output()).get("duplicates").asInt()).isEqualTo(1);
  }

  private Path picture(String name, int place) throws Exception {
    Path pictures = Files.createDirectory(folder.resolve(name));
    Files.write(pictures.resolve(name + ".jpg"), Pictures.patched(1, place));
    return pictures;
  }

  private Command scan(int code, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("scan", "--out=" + folder.resolve("out")));
    all.addAll(List.of(args));
    return run(code, all.toArray(String[]::new));
  }

  private Command run(int code, String... args) throws Exception {
    Command command = Command.run(folder, args);
    assertThat(command.exitCode()).as(command.output() + command.errors()).isEqualTo(code);
    return command;
  }
}
