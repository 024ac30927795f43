package dev.wadi.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;

/**
 * Sets what Camel 4.17 doesn't let be set of its HTTP server: it makes the options itself, has no
 * client certificates, reads a certificate once, and lets connections be idle for ever.
 */
public final class ServerVertx {

  /**
   * Longer than any answer takes, and longer than load balancers keep a connection that is idle (60
   * s: AWS's and nginx's), so that none sends a request into one that ends here just then.
   */
  private static final int IDLE_SECONDS = 90;

  private ServerVertx() {}

  /**
   * A Vert.x whose HTTP servers are made so; to be bound in Camel's registry, and closed by Camel.
   *
   * @param tls null for none
   * @param beforeListening runs once a server is to be made: Camel's routers are there then
   */
  public static Vertx of(Tls tls, Runnable beforeListening) {
    return of(Vertx.vertx(), tls, beforeListening, IDLE_SECONDS);
  }

  static Vertx of(Vertx vertx, Tls tls, Runnable beforeListening, int idleSeconds) {
    return (Vertx)
        Proxy.newProxyInstance(
            ServerVertx.class.getClassLoader(),
            new Class<?>[] {VertxInternal.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createHttpServer")
                  && arguments != null
                  && arguments[0] instanceof HttpServerOptions options) {
                beforeListening.run();
                options.setIdleTimeout(idleSeconds).setIdleTimeoutUnit(TimeUnit.SECONDS);
                if (tls != null) {
                  tls.set(options);
                }
              }
              try {
                return method.invoke(vertx, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
