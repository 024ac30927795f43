package dev.wadi.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terraform's own checks, by which no server is asked. */
@Tag("integration")
class TerraformIT {

  @TempDir Path folder;
  private Checkout checkout;

  @BeforeEach
  void open() throws Exception {
    Checkout.needsTerraform();
    checkout = Checkout.in(folder);
  }

  @Test
  void isFormatted() throws Exception {
    assertThat(checkout.terraform(".", "fmt", "-check", "-recursive", "-diff").well().output())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "dev", "prod"})
  void everyEnvironmentIsValid(String environment) throws Exception {
    String module = "environments/" + environment;
    checkout.init(module);
    assertThat(checkout.terraform(module, "validate").well().output()).contains("Success!");
  }

  @Test
  void theStackPassesItsOwnTestsAgainstAMockOfAws() throws Exception {
    checkout.init("modules/stack");
    assertThat(checkout.terraform("modules/stack", "test").well().output()).contains(", 0 failed.");
  }
}
