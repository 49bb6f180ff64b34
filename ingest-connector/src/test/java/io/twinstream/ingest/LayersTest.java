package io.twinstream.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.twinstream.ingest");

  @Test
  void onlyConnectorsTasksAndSettingsKnowKafka() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Connector")
        .and()
        .haveSimpleNameNotEndingWith("Task")
        .and()
        .haveSimpleNameNotEndingWith("Settings")
        .and()
        .doNotHaveSimpleName("EventRecords")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void sourcesKnowWhatTheyShareButNotEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.twinstream.ingest")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.twinstream.ingest.csv", "io.twinstream.ingest.folder")
        .check(CLASSES);
    slices().matching("io.twinstream.ingest.(*)").should().notDependOnEachOther().check(CLASSES);
  }
}
