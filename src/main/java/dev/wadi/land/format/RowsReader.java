package dev.wadi.land.format;

import dev.wadi.event.ColumnType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Hands rows to Arrow chunk by chunk, three bulk copies a column. */
final class RowsReader extends ArrowReader {

  private final Rows rows;
  private final Iterator<Chunk> chunks;
  private long copied;

  RowsReader(Rows rows, BufferAllocator allocator) {
    super(allocator);
    this.rows = rows;
    this.chunks = rows.chunks().iterator();
  }

  @Override
  protected Schema readSchema() {
    return new Schema(
        rows.fields().stream()
            .map(
                field ->
                    new org.apache.arrow.vector.types.pojo.Field(
                        field.name(), FieldType.nullable(arrowType(field.type())), null))
            .toList());
  }

  @Override
  public boolean loadNextBatch() throws java.io.IOException {
    prepareLoadNextBatch();
    if (!chunks.hasNext()) {
      return false;
    }
    Chunk chunk = chunks.next();
    VectorSchemaRoot root = getVectorSchemaRoot();
    List<Integer> order = rows.order();
    for (int at = 0; at < order.size(); at++) {
      int number = order.get(at);
      load(root.getVector(at), chunk.columnOrNull(number), chunk.rows());
    }
    root.setRowCount(chunk.rows());
    return true;
  }

  @Override
  public long bytesRead() {
    return copied;
  }

  @Override
  protected void closeReadSource() {
    // the rows are on the heap: there is nothing to close
  }

  private void load(FieldVector vector, ColumnBuffer column, int count) {
    if (column == null) {
      vector.setInitialCapacity(count);
      vector.allocateNew();
      vector.setValueCount(count);
      return;
    }
    List<ArrowBuf> buffers = new ArrayList<>(3);
    try {
      buffers.add(copy(column.validity(), column.validityLength()));
      if (column.offsetsLength() > 0) {
        buffers.add(copy(column.offsets(), column.offsetsLength()));
      }
      buffers.add(copy(column.data(), column.dataLength()));
      vector.loadFieldBuffers(new ArrowFieldNode(count, column.nulls()), buffers);
    } finally {
      buffers.forEach(ArrowBuf::close);
    }
  }

  private ArrowBuf copy(byte[] bytes, int length) {
    ArrowBuf buffer = allocator.buffer(Math.max(length, 1));
    buffer.setBytes(0, bytes, 0, length);
    buffer.writerIndex(length);
    copied += length;
    return buffer;
  }

  private ArrowBuf copy(int[] numbers, int count) {
    int size = count * Integer.BYTES;
    ArrowBuf buffer = allocator.buffer(size);
    ByteBuffer view = buffer.nioBuffer(0, size).order(ByteOrder.LITTLE_ENDIAN);
    view.asIntBuffer().put(numbers, 0, count);
    buffer.writerIndex(size);
    copied += size;
    return buffer;
  }

  private static ArrowType arrowType(ColumnType type) {
    return switch (type) {
      case TEXT -> ArrowType.Utf8.INSTANCE;
      case BIGINT -> new ArrowType.Int(Long.SIZE, true);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
    };
  }
}
