package io.twinstream.build;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom. Packages of the standalone module aren't named: it may know everybody. */
class ArchitectureTest {
  private static final String KAFKA = "org.apache.kafka..";

  private static final List<String> SCHEMAS = List.of("io.twinstream.schema..");
  private static final List<String> CONNECTORS = List.of("io.twinstream.ingest..");
  private static final List<String> CATALOG = List.of("io.twinstream.catalog..");

  /** The part of the stream app that thinks. */
  private static final List<String> CORE =
      List.of(
          "io.twinstream.fetch..",
          "io.twinstream.fingerprint..",
          "io.twinstream.hash..",
          "io.twinstream.index..",
          "io.twinstream.load..",
          "io.twinstream.match..",
          "io.twinstream.measure..",
          "io.twinstream.picture..",
          "io.twinstream.politeness..",
          "io.twinstream.replay..",
          "io.twinstream.verify..",
          "io.twinstream.worker..");

  /** All of it: the topology moves data between Kafka and the core. */
  private static final List<String> STREAM_APP =
      both(CORE, List.of("io.twinstream.app..", "io.twinstream.topology.."));

  /** Of the standalone module, what measures. */
  private static final List<String> ACCURACY =
      List.of("io.twinstream.accuracy..", "io.twinstream.edit..", "io.twinstream.sample..");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.twinstream");

  @Test
  void classFilesOfThisJavaVersionCanBeRead() {
    assertThat(CLASSES.contain("io.twinstream.schema.Verdict$DuplicateFound")).isTrue();
  }

  @Test
  void theContractKnowsNothingOfTheRest() {
    check(within("io.twinstream..", SCHEMAS, SCHEMAS));
  }

  @Test
  void connectorsKnowTheContract() {
    check(within("io.twinstream..", CONNECTORS, both(CONNECTORS, SCHEMAS)));
  }

  @Test
  void theStreamAppKnowsTheContract() {
    check(within("io.twinstream..", STREAM_APP, both(STREAM_APP, SCHEMAS)));
  }

  @Test
  void theCatalogKnowsTheContractAndKafkaClients() {
    check(within("io.twinstream..", CATALOG, both(CATALOG, SCHEMAS)));
    check(
        within(KAFKA, CATALOG, List.of("org.apache.kafka.clients..", "org.apache.kafka.common..")));
  }

  @Test
  void recordsAndTheCoreKnowNoKafka() {
    check(within(KAFKA, both(CORE, List.of("io.twinstream.schema")), List.of()));
  }

  @Test
  void whatMeasuresKnowsTheCoreAndNoKafka() {
    check(within(KAFKA, ACCURACY, List.of()));
    check(within("io.twinstream..", ACCURACY, both(ACCURACY, both(CORE, SCHEMAS))));
  }

  @Test
  void packagesFormNoCycle() {
    check(slices().matching("io.twinstream.(**)").should().beFreeOfCycles());
  }

  @Test
  void namesSayMoreThanThatAClassIsOfUse() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager)")
            .because("such a name has room for anything"));
  }

  @Test
  void loggingGoesThroughSlf4j() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging"));
  }

  @Test
  void onlyTheCommandTalksToTheTerminal() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(names(both(both(SCHEMAS, CONNECTORS), both(STREAM_APP, CATALOG))))
            .should(ACCESS_STANDARD_STREAMS));
  }

  /** Of what lies in {@code realm}, classes in {@code who} depend on nothing but {@code what}. */
  private static ArchRule within(String realm, List<String> who, List<String> what) {
    return noClasses()
        .that()
        .resideInAnyPackage(names(who))
        .should()
        .dependOnClassesThat(resideInAPackage(realm).and(resideOutsideOfPackages(names(what))))
        .as("of %s, %s know nothing but %s".formatted(realm, who, what));
  }

  /** Rules stand before the packages that they speak of. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static String[] names(List<String> packages) {
    return packages.toArray(String[]::new);
  }
}
