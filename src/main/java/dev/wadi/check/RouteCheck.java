package dev.wadi.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.Component;
import org.apache.camel.model.RouteDefinition;

/**
 * Judges a set of route files, all that an application would run, without starting any of it. One
 * serves for any number of checks, beside a running pipeline too; each check is a context of its
 * own.
 */
public final class RouteCheck {

  private final Properties properties;
  private final Map<String, Object> beans;
  private final Supplier<Map<String, Component>> components;
  private final Places places;

  /**
   * @param properties what placeholders are replaced by
   * @param beans what routes may refer to, by name: its class, or one that has methods to be called
   *     by routes
   * @param components makes the components that Camel doesn't find by itself, by scheme
   * @param shown a location as a person would name it
   */
  public RouteCheck(
      Properties properties,
      Map<String, Object> beans,
      Supplier<Map<String, Component>> components,
      UnaryOperator<String> shown) {
    this.properties = properties;
    this.beans = beans;
    this.components = components;
    places = new Places(shown);
  }

  /**
   * What was found.
   *
   * @param routes how many routes there are
   */
  public record Result(int routes, List<Finding> findings) {}

  /**
   * @param locations as {@code classpath:routes/x.yaml} or {@code file:/...}, of YAML files
   */
  public Result check(List<String> locations) {
    return check(locations, Map.of());
  }

  /**
   * The same of files that have been read before.
   *
   * @param texts what some of the files say, by location; the others are read
   */
  public Result check(List<String> locations, Map<String, String> texts) {
    List<Finding> findings = new ArrayList<>();
    try (Scratch scratch = new Scratch(properties, beans, components.get(), places)) {
      locations.forEach(location -> scratch.load(location, texts.get(location), findings::add));
      // what a broken file lacks would be missed by all others
      boolean whole = findings.isEmpty();
      PartsCheck parts = new PartsCheck(scratch.camel, places);
      for (RouteDefinition route : scratch.routes()) {
        scratch.parameters(route);
        parts.check(route, findings::add);
      }
      scratch.parameters(null);
      findings.addAll(new NamesCheck(places).check(scratch.routes()));
      if (whole) {
        RouteMap map = new RouteMap(scratch.camel, scratch.routes());
        findings.addAll(new DirectCheck(places, map).check());
        findings.addAll(new AccountCheck(places, map).check());
      }
      findings.addAll(scratch.unsetVariables());
      return new Result(
          scratch.routes().size(), findings.stream().distinct().sorted(Finding.ORDER).toList());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a context for checks can't be made", e);
    }
  }
}
