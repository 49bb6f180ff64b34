package io.twinstream.standalone;

import io.twinstream.standalone.operate.LetterPlace;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a dead letter. */
final class LetterPlaceConverter implements ITypeConverter<LetterPlace> {
  @Override
  public LetterPlace convert(String text) {
    try {
      return LetterPlace.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
