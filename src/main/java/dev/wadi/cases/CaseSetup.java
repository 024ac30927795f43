package dev.wadi.cases;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a case says of how it runs; the command line wins over all but the settings.
 *
 * @param flow a flow's name; null for none
 * @param flowFolder a folder that is a flow; null for none
 * @param routes a folder of routes; null for none
 * @param shapes a folder of shapes; null for none
 * @param shape the name of the shape that events are read by; null: what the settings say
 * @param settings others, by name
 */
public record CaseSetup(
    String flow,
    Path flowFolder,
    Path routes,
    Path shapes,
    String shape,
    Map<String, String> settings) {

  public CaseSetup {
    settings = Map.copyOf(settings);
  }
}
