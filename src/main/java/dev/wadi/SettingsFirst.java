package dev.wadi;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Has routes read a setting as it was understood, such as 33554432 for 32MB. Camel by itself would
 * take the text of the environment's variable before it.
 */
final class SettingsFirst extends MainListenerSupport {

  @Override
  public void beforeInitialize(BaseMainSupport main) {
    PropertiesComponent properties =
        (PropertiesComponent) main.getCamelContext().getPropertiesComponent();
    properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
  }
}
