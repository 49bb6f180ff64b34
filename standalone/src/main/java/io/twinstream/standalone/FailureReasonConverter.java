package io.twinstream.standalone;

import io.twinstream.schema.FailureReason;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reason as events have it. */
final class FailureReasonConverter implements ITypeConverter<FailureReason> {
  @Override
  public FailureReason convert(String text) {
    try {
      return FailureReason.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is none of %s".formatted(text, Arrays.toString(FailureReason.values())));
    }
  }
}
