package dev.wadi.crash.control;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Tells whoever started the process that its route runs. */
final class SaysWhenReady extends MainListenerSupport {

  @Override
  public void afterStart(BaseMainSupport main) {
    System.err.println("ready");
  }
}
