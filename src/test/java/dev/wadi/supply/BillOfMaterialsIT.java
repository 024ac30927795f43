package dev.wadi.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the build says that it ships, beside what it ships. */
@Tag("integration")
class BillOfMaterialsIT {

  /** Licences that ask for no more than their own text and notice beside the jar. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          // of files that are used as they are, and not changed
          "EPL-1.0",
          "EPL-2.0",
          "MPL-2.0");

  @Test
  void namesEveryJarThatIsShippedAndNoOther() throws IOException {
    Set<String> named = Bill.read().stream().map(Bill.Part::jar).collect(Collectors.toSet());

    assertThat(named).isEqualTo(shipped());
  }

  @Test
  void everyPartMayBeHadUnderAnAllowedLicence() throws IOException {
    for (Bill.Part part : Bill.read()) {
      assertThat(part.licences())
          .as("licences of %s", part.coordinates())
          .containsAnyElementsOf(ALLOWED);
    }
  }

  @Test
  void licencesPageIsWhatTheBuildShips() throws IOException {
    Path page = Path.of("docs", "licences.md");
    String wanted = LicencesPage.of(Bill.read());
    if (Boolean.getBoolean("wadi.docs.update")) {
      assertThat(System.getenv("CI")).as("pages are not rewritten in CI").isNull();
      Files.writeString(page, wanted);
    }
    assertThat(page).as("write it anew with -Dwadi.docs.update=true").hasContent(wanted);
  }

  private static Set<String> shipped() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "lib"))) {
      return jars.map(jar -> jar.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
