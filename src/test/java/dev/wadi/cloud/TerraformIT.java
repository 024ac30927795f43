package dev.wadi.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    assertThat(startsBefore(checkout.terraform("modules/stack", "graph").well().output()))
        .as("what the service waits for, and outlives it")
        .contains(
            "module.network.aws_vpc_endpoint.gateway",
            "module.network.aws_vpc_endpoint.interface",
            "module.network.aws_vpc_security_group_ingress_rule.endpoints",
            "module.service.aws_iam_role_policy.start",
            "module.service.aws_iam_role_policy.this",
            "module.service.aws_vpc_security_group_egress_rule.tasks");
    assertThat(checkout.terraform("modules/stack", "test").well().output()).contains(", 0 failed.");
  }

  /** What the service depends on, by the edges of Terraform's graph, also by way of others. */
  private static Set<String> startsBefore(String graph) {
    Map<String, Set<String>> edges = new HashMap<>();
    Matcher edge = Pattern.compile("\"([^\"]+)\" -> \"([^\"]+)\"").matcher(graph);
    while (edge.find()) {
      edges.computeIfAbsent(edge.group(1), from -> new HashSet<>()).add(edge.group(2));
    }
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of("module.service.aws_ecs_service.this"));
    while (!open.isEmpty()) {
      for (String next : edges.getOrDefault(open.pop(), Set.of())) {
        if (found.add(next)) {
          open.push(next);
        }
      }
    }
    return found;
  }
}
