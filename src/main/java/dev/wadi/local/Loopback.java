package dev.wadi.local;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The address that the embedded servers listen on: nobody outside this machine reaches it. */
final class Loopback {

  static final String ADDRESS = "127.0.0.1";

  private Loopback() {}

  /**
   * Makes sure that a server can listen on a port, before its own failure fills the log.
   *
   * @param port 0 is any free port
   * @param server what wants to listen, as the operator knows it
   * @param setting the setting to change when the port is taken
   * @throws SetupException if something listens there
   */
  static void requireFree(int port, String server, String setting) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), port));
    } catch (IOException | IllegalArgumentException e) {
      throw new SetupException(
          "the "
              + server
              + " can't listen on "
              + ADDRESS
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "): stop what listens there or set "
              + setting,
          e);
    }
  }
}
