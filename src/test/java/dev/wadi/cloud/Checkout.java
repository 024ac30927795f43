package dev.wadi.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A copy of what {@code ./wadi cloud} needs of a checkout, so that what Terraform leaves behind
 * stands in nobody's way. The environment variable {@code WADI_TERRAFORM_PLUGINS} may name a folder
 * that has the providers, for machines that reach no registry.
 */
final class Checkout {

  private static final long MOST_MINUTES = 15;

  /** What Terraform says where it finds a provider neither here nor in a registry. */
  private static final List<String> NO_PROVIDER =
      List.of(
          "Failed to query available provider packages",
          "Failed to install provider",
          "could not connect to registry");

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();

  private Checkout(Path root) {
    this.root = root;
  }

  /** What a command ended with. */
  record Ended(int exitCode, String output, String errors) {

    /** The same, if it has ended well. */
    Ended well() {
      assertThat(exitCode).as("exit code:\n%s\n%s", output, errors).isZero();
      return this;
    }
  }

  /**
   * @param folder an empty one
   */
  static Checkout in(Path folder) throws IOException {
    Checkout checkout = new Checkout(folder);
    for (String part : List.of("wadi", "deploy/cloud.sh", "terraform")) {
      try (Stream<Path> files = Files.walk(Path.of(part))) {
        for (Path file : files.filter(Checkout::isOurs).toList()) {
          Path copy = folder.resolve(file);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    String plugins = System.getenv("WADI_TERRAFORM_PLUGINS");
    if (plugins != null && !plugins.isBlank()) {
      Path settings = folder.resolve("terraform.rc");
      Files.writeString(
          settings,
          "provider_installation {\n  filesystem_mirror {\n    path = \"%s\"\n  }\n}\n"
              .formatted(plugins));
      checkout.environment.put("TF_CLI_CONFIG_FILE", settings.toString());
    }
    return checkout;
  }

  /** Skips the test where there is no Terraform. */
  static void needsTerraform() {
    Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "terraform"))),
        "terraform is not on the PATH");
  }

  /**
   * Runs {@code terraform init} without a backend; skips the test where the provider can't be had.
   */
  void init(String module) throws Exception {
    Ended init =
        run("terraform", "-chdir=terraform/" + module, "init", "-backend=false", "-no-color");
    String said = (init.output + init.errors).replaceAll("\\s+", " ");
    Assumptions.assumeTrue(
        init.exitCode == 0 || NO_PROVIDER.stream().noneMatch(said::contains),
        "terraform reaches no registry for its provider, and WADI_TERRAFORM_PLUGINS names no folder"
            + " that has it");
    init.well();
  }

  /** Runs Terraform in one of our folders. */
  Ended terraform(String module, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("terraform", "-chdir=terraform/" + module));
    Collections.addAll(command, words);
    return run(command.toArray(String[]::new));
  }

  /** Runs {@code ./wadi cloud}. */
  Ended cloud(String... words) throws Exception {
    return cloud(Map.of(), words);
  }

  /** The same, with more in its environment. */
  Ended cloud(Map<String, String> more, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("wadi").toString(), "cloud"));
    Collections.addAll(command, words);
    return run(more, command.toArray(String[]::new));
  }

  /** A file of the copy. */
  Path file(String name) {
    return root.resolve(name);
  }

  private Ended run(String... command) throws Exception {
    return run(Map.of(), command);
  }

  private Ended run(Map<String, String> more, String... command) throws Exception {
    Path output = Files.createTempFile(root, "output", ".txt");
    Path errors = Files.createTempFile(root, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("TF_IN_AUTOMATION", "true");
    builder.environment().put("TF_CLI_ARGS", "-no-color");
    builder.environment().put("CHECKPOINT_DISABLE", "true");
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    Process process = builder.start();
    try {
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError(
            String.join(" ", command) + " does not end:\n" + read(output) + read(errors));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), read(output), read(errors));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /** Not what somebody's own Terraform has left in the folders. */
  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.contains(".tfstate")
        && !file.toString().contains("/.terraform/");
  }
}
