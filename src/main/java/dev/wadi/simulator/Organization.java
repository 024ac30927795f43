package dev.wadi.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The teams of the factory with their people and services. */
final class Organization {

  /** From the first to the last that a change reaches. */
  static final List<String> ENVIRONMENTS = List.of("dev", "staging", "prod");

  private static final int USERS_PER_TEAM = 6;

  private static final List<String> TEAMS =
      List.of(
          "accounts",
          "billing",
          "catalog",
          "checkout",
          "delivery",
          "identity",
          "payments",
          "search");
  private static final List<String> ROLES = List.of("api", "worker", "gateway", "web");
  static final List<String> FIRST_NAMES =
      List.of(
          "Ada", "Björn", "Chidi", "Dana", "Eszter", "Farid", "Grace", "Hana", "Inês", "Jonas",
          "Keiko", "Luís", "Mira", "Noor", "Olek", "Priya");
  static final List<String> LAST_NAMES =
      List.of(
          "Abara",
          "Bauer",
          "Costa",
          "Dvořák",
          "Eriksen",
          "Fischer",
          "García",
          "Haddad",
          "Ito",
          "Jansen",
          "Kowalska",
          "Lindqvist",
          "Mensah",
          "O'Neill",
          "Rossi",
          "Tanaka");

  private final List<Service> services = new ArrayList<>();

  Organization(Dice dice) {
    for (String team : TEAMS) {
      List<User> users = new ArrayList<>();
      for (int i = 0; i < USERS_PER_TEAM; i++) {
        users.add(user(dice, team, i));
      }
      for (String role : ROLES) {
        services.add(new Service(team + "-" + role, team, users));
      }
    }
  }

  List<Service> services() {
    return services;
  }

  private static User user(Dice dice, String team, int number) {
    String first = dice.pick(FIRST_NAMES);
    String login = first.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "x");
    return new User(login + "." + team + number, first + " " + dice.pick(LAST_NAMES));
  }
}
