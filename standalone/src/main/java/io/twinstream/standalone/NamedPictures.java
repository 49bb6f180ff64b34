package io.twinstream.standalone;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.fingerprint.LocalFingerprinter.Explained;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Pictures that the user has named: what becomes of one keeps nobody from looking at the next. */
final class NamedPictures {
  private NamedPictures() {}

  /** Makes a fingerprint of a file, in this process. */
  static Explained explained(LocalFingerprinter fingerprinter, Path file) {
    try {
      if (Files.isDirectory(file)) {
        return refused(FailureReason.NOT_AN_IMAGE, "it is a folder");
      }
      byte[] bytes = Files.readAllBytes(file);
      return UnheardErrors.during(() -> fingerprinter.explain(bytes));
    } catch (NoSuchFileException e) {
      return refused(FailureReason.NOT_FOUND, "there is no such file");
    } catch (IOException e) {
      return refused(FailureReason.ACCESS_DENIED, "it can't be read: " + e.getMessage());
    } catch (RuntimeException e) {
      return refused(FailureReason.INTERNAL_ERROR, e.toString());
    }
  }

  private static Explained refused(FailureReason reason, String detail) {
    return Explained.notDecoded(new FingerprintOutcome.Refused(reason, detail));
  }
}
