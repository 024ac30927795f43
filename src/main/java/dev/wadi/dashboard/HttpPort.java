package dev.wadi.dashboard;

import dev.wadi.event.SetupException;
import io.vertx.core.net.impl.TCPServerBase;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;

/**
 * The port of the HTTP server. Camel 4.17 starts and says nothing but a warning if it can't listen
 * on it, so this looks before the start and after.
 */
public final class HttpPort {

  private HttpPort() {}

  /**
   * To be called before Camel starts.
   *
   * @param port 0 for any free one
   * @throws SetupException if nobody can listen there
   */
  public static void requireFree(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new SetupException(
          "wadi.http.host is '" + host + "', which is no address of this machine");
    }
    try (ServerSocket socket = new ServerSocket()) {
      // as the server itself does: a port whose last user has just gone is free
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (BindException e) {
      throw cannotListen(host, port, e);
    } catch (IOException e) {
      throw new SetupException("can't listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /**
   * To be called once Camel has started.
   *
   * @return the port that is listened on
   * @throws SetupException if the server doesn't listen, since another program was faster
   */
  public static int listening(CamelContext camel) {
    VertxPlatformHttpServer server = camel.hasService(VertxPlatformHttpServer.class);
    if (server == null || server.getServer() == null) {
      throw new IllegalStateException("Camel has started no HTTP server");
    }
    // the port that it reports is the wanted one even if it could not have it
    boolean listens = ((TCPServerBase) server.getServer()).isListening();
    if (!listens) {
      throw inUse(server.getConfigurationPort(), null);
    }
    return server.getServer().actualPort();
  }

  private static SetupException cannotListen(String host, int port, BindException cause) {
    String why = String.valueOf(cause.getMessage());
    if (why.contains("Permission denied")) {
      return new SetupException(
          "port " + port + " needs more rights than this user has: choose another with --port",
          cause);
    }
    if (why.contains("Cannot assign")) {
      return new SetupException(
          "wadi.http.host is '" + host + "', which is no address of this machine", cause);
    }
    return inUse(port, cause);
  }

  private static SetupException inUse(int port, Throwable cause) {
    return new SetupException(
        "port " + port + " is in use: stop the other program or choose another with --port", cause);
  }
}
