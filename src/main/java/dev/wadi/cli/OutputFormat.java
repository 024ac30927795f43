package dev.wadi.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --format} of the reading commands takes. */
enum OutputFormat {
  TABLE(new TableFormat()),
  CSV(new CsvFormat()),
  JSON(new JsonFormat());

  private final RowFormat rows;

  OutputFormat(RowFormat rows) {
    this.rows = rows;
  }

  RowFormat rows() {
    return rows;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the option's value. */
  static final class Converter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
      return Arrays.stream(values())
          .filter(format -> format.toString().equals(value))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("'" + value + "' is none of " + List.of(values())));
    }
  }
}
