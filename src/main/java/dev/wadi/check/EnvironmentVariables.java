package dev.wadi.check;

import dev.wadi.check.Finding.Severity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.component.properties.EnvPropertiesFunction;
import org.apache.camel.spi.PropertiesFunction;

/**
 * {@code {{env:NAME}}}, as a start replaces it. Where routes are checked, a secret need not be set:
 * something stands for it, and it is only told.
 */
final class EnvironmentVariables implements PropertiesFunction {

  private final PropertiesFunction real = new EnvPropertiesFunction();
  private final Set<String> unset = new TreeSet<>();

  @Override
  public String getName() {
    return real.getName();
  }

  @Override
  public String apply(String name) {
    String value = real.apply(name);
    if (value == null && !name.contains(":")) {
      unset.add(name);
      return "unset";
    }
    return value;
  }

  List<Finding> unset() {
    return unset.stream()
        .map(
            name ->
                new Finding(
                    Severity.WARNING,
                    null,
                    0,
                    "the environment variable "
                        + name
                        + " isn't set here, and a route needs it: set it where wadi runs"))
        .toList();
  }
}
