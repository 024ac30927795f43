package dev.wadi.simulator;

import java.util.List;

/** Packs the events of a tick into what is sent of them. */
interface Packer {

  /** All events; what can't stand beside others may overtake them. */
  List<Message> pack(List<Emission> emissions);
}
