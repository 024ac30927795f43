package dev.wadi.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * A folder as a store whose answers survive a power failure, which S3Proxy's own do not: it never
 * forces a file. Here an object's content is on disk before its key exists, and the key before the
 * put is answered; a removal is on disk before it is answered.
 *
 * <p>Keys that a folder can't hold as they are ({@code a//b}, {@code ../a}) are refused with 400.
 */
final class DurableBlobStore extends ForwardingBlobStore {

  private final Path root;
  private final Disk disk;

  /**
   * @param root the folder of the buckets, absolute
   */
  DurableBlobStore(BlobStore store, Path root, Disk disk) {
    super(store);
    this.root = root;
    this.disk = disk;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    Path file = file(request.bucket(), request.key());
    // a key that ends in a slash is a folder: nothing is written
    InputStream forced =
        request.key().endsWith("/") ? payload : new ForcedPayload(payload, file, disk);
    PutObjectResponse response = super.putBlob(request, forced);
    forceFolders(request.bucket(), file);
    return response;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    Path file = file(request.destinationBucket(), request.destinationKey());
    CopyObjectResponse response = super.copyBlob(request);
    force(file);
    forceFolders(request.destinationBucket(), file);
    return response;
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    file(request.bucket(), request.key());
    return super.initiateMultipartUpload(request);
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    Path file = file(request.bucket(), request.key());
    CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
    force(file);
    forceFolders(request.bucket(), file);
    return response;
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    Path file = file(request.bucket(), request.key());
    DeleteObjectResponse response = super.removeBlob(request);
    forceFolders(request.bucket(), file);
    return response;
  }

  private Path file(String bucket, String key) {
    String fault = StoredFile.fault(key);
    if (fault != null) {
      throw S3Exceptions.invalidArgument("the key " + key + " is refused: " + fault);
    }
    return root.resolve(bucket).resolve(key);
  }

  /**
   * All of them up to the bucket, since any may be new; those that are not cost next to nothing.
   */
  private void forceFolders(String bucket, Path file) {
    Path top = root.resolve(bucket);
    for (Path folder = file.getParent(); folder.startsWith(top); folder = folder.getParent()) {
      force(folder);
    }
  }

  private void force(Path path) {
    try {
      if (Files.exists(path)) {
        disk.force(path);
      }
    } catch (NoSuchFileException e) {
      // an empty folder goes with its last object, also while another is removed; then its parent,
      // which is forced next, tells the disk
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be forced to the disk", e);
    }
  }
}
