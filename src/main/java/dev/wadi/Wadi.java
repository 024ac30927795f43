package dev.wadi;

public final class Wadi {
  private Wadi() {}

  public static void main(String[] args) {
    System.out.println("wadi");
  }
}
