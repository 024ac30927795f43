package dev.wadi.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.SetupException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ResourceHelper;

/**
 * {@code wadi-lookup:countries.csv?field=location.country&into=location.of_country}: puts what a
 * CSV file says of a field's value beside it, as an object of the row's other columns. The row is
 * found by the first column, or by {@code column}. Without a row nothing is put there, or with
 * {@code required=true} the event fails. The file is read when the route starts.
 */
public final class LookupComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    Member field = member(uri, parameters, "field");
    Member into = member(uri, parameters, "into");
    boolean required = getAndRemoveParameter(parameters, "required", Boolean.class, false);
    LookupTable table = read(remaining, getAndRemoveParameter(parameters, "column", String.class));
    return new DocumentEndpoint(
        uri, this, document -> look(document, table, field, into, required, remaining));
  }

  private Member member(String uri, Map<String, Object> parameters, String name) {
    String path = getAndRemoveParameter(parameters, name, String.class);
    if (path == null) {
      throw new SetupException(
          uri + " lacks the parameter " + name + ": name a path, such as location.country");
    }
    return Member.of(path);
  }

  private LookupTable read(String file, String column) {
    String location = file.contains(":") ? file : "file:" + file;
    try (Reader csv =
        new InputStreamReader(
            ResourceHelper.resolveMandatoryResourceAsInputStream(getCamelContext(), location),
            StandardCharsets.UTF_8)) {
      return LookupTable.read(file, csv, column);
    } catch (IOException e) {
      throw new SetupException("can't read " + file + ": name a CSV file in UTF-8", e);
    }
  }

  private static void look(
      ObjectNode document,
      LookupTable table,
      Member field,
      Member into,
      boolean required,
      String file) {
    JsonNode value = field.in(document);
    ObjectNode found = value == null ? null : table.find(value);
    if (found != null) {
      into.put(document, found.deepCopy());
    } else if (required) {
      throw new IllegalArgumentException(
          "%s has no row for %s, which is %s".formatted(file, field, value));
    }
  }
}
