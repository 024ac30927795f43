package dev.wadi.check;

import java.util.List;

/** To be. */
final class AccountCheck {
  AccountCheck(Places places, RouteMap map) {}

  List<Finding> check() {
    return List.of();
  }
}
