package dev.wadi;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Has routes read a setting as it was understood, such as 33554432 for 32MB. Camel by itself would
 * take the text of the environment's variable before it, or a property of the JVM, which settings
 * don't know: it would listen where {@code -Dwadi.http.host} says, and take posts as if that were
 * loopback.
 */
final class SettingsFirst extends MainListenerSupport {

  @Override
  public void beforeInitialize(BaseMainSupport main) {
    PropertiesComponent properties =
        (PropertiesComponent) main.getCamelContext().getPropertiesComponent();
    properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
    properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
  }
}
