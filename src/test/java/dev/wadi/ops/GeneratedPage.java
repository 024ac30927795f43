package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page under {@code docs} that is made from the code. */
public final class GeneratedPage {

  private GeneratedPage() {}

  /** Fails unless the page is as it must be; with {@code -Dwadi.docs.update=true} it is written. */
  public static void check(String name, String wanted) throws IOException {
    Path page = Path.of("docs", name);
    if (Boolean.getBoolean("wadi.docs.update")) {
      assertThat(System.getenv("CI")).as("pages are not rewritten in CI").isNull();
      Files.writeString(page, wanted);
    }
    assertThat(page).as("write it anew with -Dwadi.docs.update=true").hasContent(wanted);
  }
}
