package dev.wadi.intake.drop;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** A store of a few objects that fails as it is told. */
final class ObjectsInMemory implements S3Client {

  /** What was asked for, in order: {@code GET key from}, {@code DELETE key}. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  final Map<String, List<Tag>> tags = new ConcurrentHashMap<>();

  /** Answers that fail before there are any: status codes, used up one by one. */
  final List<Integer> failures = new CopyOnWriteArrayList<>();

  /** After how many bytes a connection breaks; used up one by one. */
  final List<Integer> breaks = new CopyOnWriteArrayList<>();

  /** Whether a connection that breaks does so silently. */
  volatile boolean silently;

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

  void put(String key, byte[] content) {
    objects.put(key, content);
  }

  void put(String key, String content) {
    put(key, content.getBytes(StandardCharsets.UTF_8));
  }

  boolean has(String key) {
    return objects.containsKey(key);
  }

  String text(String key) {
    return new String(objects.get(key), StandardCharsets.UTF_8);
  }

  static String etag(byte[] content) {
    return Integer.toHexString(Arrays.hashCode(content));
  }

  /** The version of an object that is there now. */
  ObjectVersion version(String key) {
    byte[] content = objects.get(key);
    return ObjectVersion.of("raw", key, null, etag(content), "1", content.length, null);
  }

  @Override
  public <R> R getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
    byte[] content = found(request.key(), request.ifMatch());
    String range = request.range();
    int from =
        range == null
            ? 0
            : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    calls.add("GET " + request.key() + " " + from);
    GetObjectResponse response =
        GetObjectResponse.builder()
            .contentLength((long) content.length - from)
            .eTag("\"" + etag(content) + "\"")
            .build();
    InputStream bytes = new ByteArrayInputStream(content, from, content.length - from);
    if (!breaks.isEmpty()) {
      bytes = new Breaking(bytes, breaks.remove(0), silently);
    }
    try {
      return transformer.transform(response, AbortableInputStream.create(bytes));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    byte[] content = found(request.key(), request.ifMatch());
    return HeadObjectResponse.builder()
        .contentLength((long) content.length)
        .eTag("\"" + etag(content) + "\"")
        .build();
  }

  @Override
  public CopyObjectResponse copyObject(CopyObjectRequest request) {
    calls.add("COPY " + request.sourceKey() + " " + request.destinationKey());
    put(request.destinationKey(), found(request.sourceKey(), request.copySourceIfMatch()));
    return CopyObjectResponse.builder().build();
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    calls.add("DELETE " + request.key());
    found(request.key(), request.ifMatch());
    objects.remove(request.key());
    return DeleteObjectResponse.builder().build();
  }

  @Override
  public GetObjectTaggingResponse getObjectTagging(GetObjectTaggingRequest request) {
    found(request.key(), null);
    return GetObjectTaggingResponse.builder()
        .tagSet(tags.getOrDefault(request.key(), List.of()))
        .build();
  }

  @Override
  public PutObjectTaggingResponse putObjectTagging(PutObjectTaggingRequest request) {
    calls.add("TAG " + request.key());
    tags.put(request.key(), request.tagging().tagSet());
    return PutObjectTaggingResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {
    // nothing is open
  }

  private byte[] found(String key, String ifMatch) {
    if (!failures.isEmpty()) {
      throw failure(failures.remove(0));
    }
    byte[] content = objects.get(key);
    if (content == null) {
      throw failure(404);
    }
    if (ifMatch != null && !ifMatch.equals("\"" + etag(content) + "\"")) {
      throw failure(412);
    }
    return content;
  }

  private static RuntimeException failure(int status) {
    return S3Exception.builder()
        .statusCode(status)
        .message("answer " + status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode("Code" + status).build())
        .build();
  }

  /** Breaks after some bytes. */
  private static final class Breaking extends FilterInputStream {

    private final boolean silently;
    private int left;

    Breaking(InputStream in, int left, boolean silently) {
      super(in);
      this.left = left;
      this.silently = silently;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        if (silently) {
          return -1;
        }
        throw new IOException("connection reset");
      }
      int read = super.read(bytes, from, Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
