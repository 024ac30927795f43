package dev.wadi.crash.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a server on loopback and deals each request its fate. Each connection has a thread.
 */
public final class FaultProxy implements AutoCloseable {

  private final URI target;
  private final RequestTally tally;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong faults = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Weather weather = Weather.CLEAR;

  /**
   * Begins to listen on a free port.
   *
   * @param target where the server is; only its host and port count
   */
  public FaultProxy(URI target) {
    this(target, new RequestTally());
  }

  /**
   * The same, and counts what is asked for.
   *
   * @param tally may be that of several proxies
   */
  public FaultProxy(URI target, RequestTally tally) {
    this.target = target;
    this.tally = tally;
    try {
      listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Where clients go. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** From the next request on. */
  public void set(Weather next) {
    weather = next;
  }

  /** How many requests met another fate than to be answered. */
  public long faults() {
    return faults.get();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      if (!listening.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      HttpMessage request = HttpMessage.request(in, out);
      while (request != null && !client.isClosed()) {
        tally.count(request);
        Fate fate = weather.fate(request);
        if (fate != Fate.PASS) {
          faults.incrementAndGet();
        }
        fate.befall(new Connection(client, request));
        request = client.isClosed() ? null : HttpMessage.request(in, out);
      }
    } catch (IOException gone) {
      // a client that was killed, or a server that was closed: its other side sees the same
    } finally {
      open.remove(client);
    }
  }

  private final class Connection implements Line {

    private final Socket client;
    private final HttpMessage request;

    Connection(Socket client, HttpMessage request) {
      this.client = client;
      this.request = request;
    }

    @Override
    public HttpMessage ask() throws IOException {
      try (Socket server = new Socket(target.getHost(), target.getPort())) {
        open.add(server);
        server.setTcpNoDelay(true);
        request.with("Connection", "close").write(server.getOutputStream());
        return HttpMessage.answerTo(request, new BufferedInputStream(server.getInputStream()))
            .without("Connection");
      } finally {
        open.removeIf(Socket::isClosed);
      }
    }

    @Override
    public void answer(HttpMessage answer) throws IOException {
      answer.write(client.getOutputStream());
    }

    @Override
    public void reset() throws IOException {
      client.setSoLinger(true, 0);
      client.close();
    }

    @Override
    public void pause(Duration time) {
      try {
        closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
