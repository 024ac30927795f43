package dev.wadi.check;

import dev.wadi.ops.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;

/** What Camel says of a mistake, in one line that ends with what to do. */
final class CamelWords {

  private static final Pattern UNKNOWN_OPTIONS =
      Pattern.compile("Unknown parameters=\\[\\{(.+)}]", Pattern.DOTALL);
  private static final Pattern UNKNOWN_PROPERTY =
      Pattern.compile("Property with key \\[([^\\]]+)\\] not found");
  private static final Pattern UNKNOWN_METHOD =
      Pattern.compile("Method with name: (\\S+) not found on bean.* of type: (\\S+)");

  private final CamelContext camel;

  CamelWords(CamelContext camel) {
    this.camel = camel;
  }

  /** The line for an exception, by whatever in it says most. */
  String of(Throwable failure) {
    for (Throwable cause : causes(failure)) {
      Optional<String> known = known(cause);
      if (known.isPresent()) {
        return oneLine(known.get());
      }
    }
    return mended(last(failure));
  }

  /** The text in one line, with what to do where no more can be told. */
  static String mended(String text) {
    String line = oneLine(text).replaceFirst("[.:\\s]+$", "");
    return line + ": mend it";
  }

  private Optional<String> known(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof NoSuchBeanException bean) {
      return Optional.of(
          "there is no bean '"
              + bean.getName()
              + "'"
              + ofType(message)
              + ": "
              + meant(bean.getName(), beans(), "name one of Wadi's, or declare it under beans:"));
    }
    if (cause instanceof NoSuchEndpointException endpoint) {
      String scheme = endpoint.getUri().replaceFirst("[:/].*", "");
      return Optional.of(
          "there is no component '"
              + scheme
              + "': correct the name, or add the component's jar to the class path");
    }
    if (cause instanceof NoSuchLanguageException language) {
      return Optional.of(
          "there is no language '"
              + language.getLanguage()
              + "': use simple, constant or method, or add the language's jar to the class path");
    }
    if (cause instanceof SimpleIllegalSyntaxException simple) {
      return Optional.of(
          "the simple expression '"
              + simple.getExpression()
              + "' can't be read ("
              + simple.getMessage().replaceFirst("(?s) at location.*", "")
              + "): mend it");
    }
    Matcher property = UNKNOWN_PROPERTY.matcher(message);
    if (property.find()) {
      String name = property.group(1);
      return Optional.of(
          "there is no property '"
              + name
              + "': "
              + meant(name, properties(), "set it in a file for --config, or correct the name"));
    }
    Matcher method = UNKNOWN_METHOD.matcher(message);
    if (method.find()) {
      return Optional.of(
          "the bean (a %s) has no method '%s': name one that it has"
              .formatted(method.group(2).replaceFirst(".*\\.", ""), method.group(1)));
    }
    if (cause instanceof ResolveEndpointFailedException endpoint) {
      return option(endpoint, message);
    }
    if (cause instanceof PropertyBindingException binding
        && !(rootOf(cause) instanceof NoSuchBeanException)) {
      return Optional.of(
          "the option %s can't be '%s': correct the value"
              .formatted(binding.getPropertyName(), binding.getValue()));
    }
    return Optional.empty();
  }

  private Optional<String> option(ResolveEndpointFailedException endpoint, String message) {
    Matcher options = UNKNOWN_OPTIONS.matcher(message);
    if (!options.find()) {
      return Optional.empty();
    }
    String name = options.group(1).replaceFirst("=.*", "");
    String scheme = endpoint.getUri().replaceFirst(":.*", "");
    return Optional.of(
        scheme
            + " has no option '"
            + name
            + "': "
            + meant(name, optionsOf(scheme), "correct the name, or leave it out"));
  }

  private Collection<String> optionsOf(String scheme) {
    var factory = camel.getCamelContextExtension().getEndpointUriFactory(scheme);
    return factory == null ? List.of() : factory.propertyNames();
  }

  private Collection<String> beans() {
    return camel.getRegistry().findByTypeWithName(Object.class).keySet();
  }

  private Collection<String> properties() {
    return camel.getPropertiesComponent().loadProperties().stringPropertyNames();
  }

  private static String meant(String name, Collection<String> known, String otherwise) {
    return Nearest.to(name, known).map(near -> "did you mean '" + near + "'?").orElse(otherwise);
  }

  /** A bean may be there and be something else. */
  private static String ofType(String message) {
    Matcher type = Pattern.compile("of type: \\S*?([^.\\s]+)$").matcher(message);
    return type.find() ? " that is a " + type.group(1) : "";
  }

  private static String last(Throwable failure) {
    String text = "";
    for (Throwable cause : causes(failure)) {
      boolean wraps =
          cause instanceof FailedToCreateRouteException
              || cause.getClass() == RuntimeCamelException.class;
      if (!wraps && cause.getMessage() != null) {
        return cause.getMessage();
      }
      text = String.valueOf(cause.getMessage());
    }
    return text;
  }

  private static Throwable rootOf(Throwable failure) {
    List<Throwable> causes = causes(failure);
    return causes.get(causes.size() - 1);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private static String oneLine(String text) {
    return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
