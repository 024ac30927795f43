package dev.wadi.intake.postgres;

import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Types;
import java.util.Base64;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.postgresql.core.Oid;
import org.postgresql.util.PGmoney;
import org.postgresql.util.PGobject;

/**
 * Takes columns over from Debezium that it would make null without a failure, or leave out: arrays
 * become JSON, {@code bytea} base64, bit strings and types that it has no name for the server's own
 * text. Debezium's stand-in for a value that the log doesn't have is a text, which it then can't
 * put into an array, bytes or a structure of its own; it logs that, and goes on with null. Made by
 * the engine, by this class's name.
 */
public final class ServerText implements CustomConverter<SchemaBuilder, RelationalColumn> {

  /** The property with the text that stands for a value that the log doesn't have. */
  static final String UNCHANGED = "unchanged";

  private static final Set<Integer> BITS = Set.of(Oid.BIT, Oid.VARBIT);

  /** What JDBC calls other than its own types, and Debezium knows well. */
  private static final Set<Integer> KNOWN = Set.of(Oid.JSON, Oid.JSONB, Oid.UUID, Oid.INTERVAL);

  private String unchanged;

  @Override
  public void configure(Properties properties) {
    unchanged = properties.getProperty(UNCHANGED);
  }

  @Override
  public void converterFor(
      RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
    if (column.jdbcType() == Types.ARRAY || column.typeName().startsWith("_")) {
      String element = column.typeName().replaceFirst("^_", "");
      registration.register(
          SchemaBuilder.string().name(RowJson.JSON),
          value -> {
            String text = text(value);
            return text == null || text.equals(unchanged) ? text : ArrayText.toJson(text, element);
          });
    } else if (column.nativeType() == Oid.BYTEA) {
      registration.register(
          SchemaBuilder.string(),
          value ->
              value instanceof byte[] bytes
                  ? Base64.getEncoder().encodeToString(bytes)
                  : text(value));
    } else if (column.nativeType() == Oid.MONEY) {
      registration.register(SchemaBuilder.string(), this::money);
    } else if (BITS.contains(column.nativeType()) || isOther(column)) {
      registration.register(SchemaBuilder.string(), this::text);
    }
  }

  private static boolean isOther(RelationalColumn column) {
    return (column.jdbcType() == Types.OTHER || column.jdbcType() == Types.STRUCT)
        && !KNOWN.contains(column.nativeType())
        && !column.typeName().equals("hstore");
  }

  /** Read it is a number without its last zeros, streamed one of the driver's own. */
  private String money(Object value) {
    if (value instanceof PGmoney money) {
      return money(money.val);
    }
    return value instanceof Number
        ? new BigDecimal(value.toString()).setScale(2, RoundingMode.HALF_EVEN).toPlainString()
        : text(value);
  }

  private String text(Object value) {
    if (UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(value)) {
      return unchanged;
    }
    if (value instanceof PGobject object) {
      return object.getValue();
    }
    if (value instanceof byte[] || value instanceof Boolean) {
      // a bit string's default, which goes into the schema alone and is never read
      return "";
    }
    return value == null ? null : value.toString();
  }
}
