package dev.wadi.outbound;

import dev.wadi.outbound.Refusals.Origin;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * A step of a route that begins with {@code wadi-landed}: gives the rows of the exchange to whoever
 * makes something of them, and leaves what that is as the body.
 */
public final class RowsStep implements Processor {

  /** Makes something of rows. */
  interface Work {
    Object of(List<Row> rows, Origin origin) throws Exception;
  }

  private final Work work;

  private RowsStep(Work work) {
    this.work = work;
  }

  /** Makes lists of messages of rows, each for one call of a queue. */
  public static RowsStep messages(QueueMessages messages) {
    return new RowsStep(messages::of);
  }

  /** Makes lists of records of rows, each for one call of a stream. */
  public static RowsStep records(StreamRecords records) {
    return new RowsStep(records::of);
  }

  /** Inserts rows into a table, and leaves how many of them were new. */
  public static RowsStep insert(PostgresTable table) {
    return new RowsStep(table::insert);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    List<?> body = message.getMandatoryBody(List.class);
    List<Row> rows = body.stream().map(row -> new Row((Map<?, ?>) row)).toList();
    message.setBody(work.of(rows, origin(message)));
  }

  static Origin origin(Message message) {
    return new Origin(
        message.getHeader("WadiFeed", String.class),
        message.getHeader("WadiTable", String.class),
        message.getHeader("WadiCommitId", String.class));
  }
}
