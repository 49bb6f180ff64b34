package io.twinstream.standalone;

import io.twinstream.schema.FetchSubject;
import java.net.IDN;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A host as people write it: in any case, and not only in ASCII. */
final class HostConverter implements ITypeConverter<FetchSubject.Host> {
  @Override
  public FetchSubject.Host convert(String text) {
    try {
      boolean isName = text.indexOf('[') < 0;
      return new FetchSubject.Host(
          (isName ? IDN.toASCII(text.strip()) : text.strip()).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
