package io.twinstream.sample.scene;

import java.util.Locale;

/** What a picture shows. */
public enum Kind {
  LANDSCAPE,
  SEA,
  FOREST,
  NIGHT_SKY,
  FLOWERS,
  PORTRAIT,
  AQUARIUM,
  CITY,
  FACADE,
  STREET_MAP,
  STILL_LIFE,
  BOOKSHELF,
  PATCHWORK,
  PAGE,
  POSTER,
  CHART,
  TILES,
  BALLOONS,
  MARBLE;

  /** For file and folder names: {@code night-sky}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Motif motif() {
    return switch (this) {
      case LANDSCAPE -> Outdoors::landscape;
      case SEA -> Outdoors::sea;
      case FOREST -> Outdoors::forest;
      case NIGHT_SKY -> Outdoors::nightSky;
      case FLOWERS -> Living::flowers;
      case PORTRAIT -> Living::portrait;
      case AQUARIUM -> Living::aquarium;
      case CITY -> Town::city;
      case FACADE -> Town::facade;
      case STREET_MAP -> Town::streetMap;
      case STILL_LIFE -> Indoors::stillLife;
      case BOOKSHELF -> Indoors::bookshelf;
      case PATCHWORK -> Indoors::patchwork;
      case PAGE -> Print::page;
      case POSTER -> Print::poster;
      case CHART -> Print::chart;
      case TILES -> Abstract::tiles;
      case BALLOONS -> Abstract::balloons;
      case MARBLE -> Abstract::marble;
    };
  }
}
