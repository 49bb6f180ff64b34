package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.standalone.CommandRun;
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
    assertThat(scan("--json", pictures.toString()).output()).contains("\"duplicates\" : 1");

    run("replay", "--run=tight", "--radius=0", "--data=" + data);
    CommandRun adopted = run("adopt", "tight", "--data=" + data);
    Command second = scan("--json", picture("second", 1).toString());
    CommandRun undone = run("adopt", "--undo", "--data=" + data);
    Command third = scan("--json", picture("third", 2).toString());
    CommandRun verified = run("verify", "--data=" + data);

    assertThat(adopted.out()).contains("-> 0", "takes effect with the next scan");
    assertThat(undone.out()).contains("Partition 0: radius 0 -> ");
    assertThat(second.errors()).contains("PDQ, radius 0");
    assertThat(new ObjectMapper().readTree(second.output()).get("unique").asInt()).isEqualTo(1);
    assertThat(verified.out()).contains("4 equal, 0 different");
    assertThat(third.errors()).contains("Matching with preset loose: PDQ");
    assertThat(new ObjectMapper().readTree(third.output()).get("duplicates").asInt()).isEqualTo(1);
  }

  private Path picture(String name, int place) throws Exception {
    Path pictures = Files.createDirectory(folder.resolve(name));
    Files.write(pictures.resolve(name + ".jpg"), Pictures.patched(1, place));
    return pictures;
  }

  private Command scan(String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("scan", "--out=" + folder.resolve("out")));
    all.addAll(List.of(args));
    Command command = Command.run(folder, all.toArray(String[]::new));
    assertThat(command.exitCode()).as(command.output() + command.errors()).isZero();
    return command;
  }

  private static CommandRun run(String... args) {
    CommandRun run = CommandRun.of(args);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    return run;
  }
}
