package io.twinstream.standalone.service;

/** Where services log to. */
public final class ServiceLog {
  private ServiceLog() {}

  /**
   * To the terminal, as whoever runs containers expects. Call it before the first logger is made.
   */
  public static void toTerminal() {
    System.setProperty("log4j2.configurationFile", "log4j2-service.xml");
  }
}
