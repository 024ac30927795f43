package dev.wadi.crash.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes the send log: a line {@code {"try": n, "message": number, "items": [...]}} before each try
 * to send a message, on disk when the call returns, and {@code {"answered": number}} once the queue
 * has answered. A try without an answer may have arrived.
 */
final class SendLogWriter implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel file;

  SendLogWriter(Path file) throws IOException {
    this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  void trying(Message message, int tries) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("try", tries).put("message", message.number());
    line.set("items", JSON.valueToTree(message.items()));
    write(line);
    file.force(false);
  }

  void answered(Message message) throws IOException {
    write(JSON.createObjectNode().put("answered", message.number()));
  }

  /** Says that nothing more will be sent. */
  void ended() throws IOException {
    write(JSON.createObjectNode().put("ended", true));
    file.force(false);
  }

  private void write(ObjectNode line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes("UTF-8"));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
