package dev.wadi.check;

import java.io.BufferedReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.camel.Component;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A Camel context that is never started: what is loaded into it can be looked at and created. */
final class Scratch implements AutoCloseable {

  final DefaultCamelContext camel;

  private final Places places;
  private final EnvironmentVariables variables = new EnvironmentVariables();

  Scratch(
      Properties properties,
      Map<String, Object> beans,
      Map<String, Component> components,
      Places places) {
    this.places = places;
    camel = new UnstartedContext(new DefaultRegistry(new DeclaredBeans(beans)));
    camel.setSourceLocationEnabled(true);
    PropertiesComponent values = (PropertiesComponent) camel.getPropertiesComponent();
    values.setOverrideProperties(properties);
    // a variable that isn't fit for its setting is told already, and replaced by its default
    values.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
    values.addPropertiesFunction(variables);
    components.forEach(camel::addComponent);
  }

  /** What is found about the variables that were asked for so far. */
  List<Finding> unsetVariables() {
    return variables.unset();
  }

  /**
   * Loads one file of routes; what can't be is a finding.
   *
   * @param known what it says; null if it is to be read
   */
  void load(String location, String known, Consumer<Finding> findings) {
    try {
      Resource file =
          known == null
              ? ResourceHelper.resolveMandatoryResource(camel, location)
              : ResourceHelper.fromString(location, known);
      try (BufferedReader text = new BufferedReader(file.getReader())) {
        places.read(location, text.lines().toList());
      }
      PluginHelper.getRoutesLoader(camel).loadRoutes(file);
    } catch (Exception e) {
      findings.accept(refused(location, e));
    }
  }

  /** Has placeholders know the parameters of a route that a template has made; null for none. */
  void parameters(RouteDefinition route) {
    Properties parameters = null;
    if (route != null && route.getTemplateParameters() != null) {
      parameters = new Properties();
      parameters.putAll(route.getTemplateParameters());
    }
    camel.getPropertiesComponent().setLocalProperties(parameters);
  }

  /** In the order in which they were loaded. */
  List<RouteDefinition> routes() {
    return camel.getRouteDefinitions();
  }

  private Finding refused(String location, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MarkedYamlEngineException yaml && yaml.getProblemMark().isPresent()) {
        return places.error(
            location,
            yaml.getProblemMark().get().getLine() + 1,
            CamelWords.mended(yaml.getProblem()));
      }
    }
    return places.error(location, 0, new CamelWords(camel).of(failure));
  }

  @Override
  public void close() {
    camel.stop();
  }
}
