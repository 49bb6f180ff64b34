package io.twinstream.ingest.csv;

import io.twinstream.schema.DeadLetter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Cuts the bytes of a CSV text into records, in memory that is bounded by the longest record
 * allowed. Records end at CR, LF or CR LF; a quote opens only at the start of a field, and newlines
 * within quotes belong to the record. Empty lines and a byte order mark are passed over.
 *
 * <p>A quote that doesn't close would swallow everything after it. If it hasn't closed when the
 * record reaches its bound, or at the end of the text, only its first line is given up and the next
 * record begins on the line below. In the worst text, where every line is like that, each line
 * costs a reading of as many bytes as a record may have.
 */
final class CsvSplitter implements Closeable {
  /** What a step came upon. */
  enum Found {
    /** A record; {@link #bytes} is all of it. */
    RECORD,
    /** A line longer than a record may be; {@link #bytes} is its start. */
    TOO_LONG,
    /** The first line of a record that a quote keeps from ending; {@link #bytes} is all of it. */
    UNCLOSED_QUOTE,
    /** Nothing yet: the next step goes on. */
    UNFINISHED,
    /** The end of the text. */
    END
  }

  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private static final int FIRST_BUFFER_BYTES = 64 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte delimiter;
  private final int maxRecordBytes;
  private final CRC32C sum = new CRC32C();

  private byte[] buffer;

  /** Where the buffer begins in the text; the rest are places in the buffer, in rising order. */
  private long bufferAt;

  /** What lies before it is part of the sum. */
  private int summed;

  /** The record begins here. */
  private int start;

  /** What lies before it has been looked at. */
  private int scan;

  /** What has been read ends here. */
  private int end;

  private boolean atEnd;
  private boolean begun;
  private State state = State.FIELD_START;
  private boolean discarding;
  private boolean cutOff;

  /** How many lines have ended before the place up to which is summed. */
  private long linesEnded;

  /** Whether the last byte that was summed was a CR: an LF behind it ends no other line. */
  private boolean afterReturn;

  private byte[] bytes = {};
  private long line;
  private long length;
  private long position;
  private long checksum;

  /**
   * @param in the text from its start
   * @param delimiter parts the fields; ASCII, no quote and no newline
   * @param maxRecordBytes the longest record, in bytes, 1 or more
   */
  CsvSplitter(InputStream in, char delimiter, int maxRecordBytes) {
    this.in = in;
    this.delimiter = (byte) delimiter;
    this.maxRecordBytes = maxRecordBytes;
    this.buffer = new byte[FIRST_BUFFER_BYTES];
  }

  /** What was found last, without its newline; a start of it, if it was too much. */
  byte[] bytes() {
    return bytes;
  }

  /** The whole length of what was found last, in bytes. */
  long length() {
    return length;
  }

  /** The line at which what was found last begins, from 1. */
  long line() {
    return line;
  }

  /** How many bytes of the text end where the last record or line ended, before its newline. */
  long position() {
    return position;
  }

  /** The CRC-32C of these bytes. */
  long checksum() {
    return checksum;
  }

  /** Whether it was not a newline but the end of the text that ended what was found last. */
  boolean isCutOff() {
    return cutOff;
  }

  /** How many bytes of the text have been read so far. */
  long textLength() {
    return bufferAt + end;
  }

  /** How much memory it holds, in bytes. */
  int bufferSize() {
    return buffer.length;
  }

  /** Goes on by a step, which looks at hardly more bytes than a record may have. */
  Found next() throws IOException {
    cutOff = false;
    if (!begun) {
      begun = true;
      fill();
      passByteOrderMark();
    }
    if (discarding) {
      return discard();
    }
    while (true) {
      if (scan == end) {
        boolean between = start == end;
        if (atEnd) {
          return between ? Found.END : last();
        }
        fill();
        if (between) {
          return Found.UNFINISHED;
        }
        continue;
      }
      byte b = buffer[scan];
      if (state != State.QUOTED && isNewline(b)) {
        if (scan > start) {
          return record(Found.RECORD, scan);
        }
        scan++;
        start = scan;
      } else {
        state = after(b);
        scan++;
        if (scan - start > maxRecordBytes) {
          return tooLong();
        }
      }
    }
  }

  private State after(byte b) {
    return switch (state) {
      case QUOTED -> b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
      case QUOTE_IN_QUOTED -> b == '"' ? State.QUOTED : afterPlain(b);
      case FIELD_START -> b == '"' ? State.QUOTED : afterPlain(b);
      case PLAIN -> afterPlain(b);
    };
  }

  private State afterPlain(byte b) {
    return b == delimiter ? State.FIELD_START : State.PLAIN;
  }

  private Found last() {
    cutOff = true;
    return state == State.QUOTED
        ? record(Found.UNCLOSED_QUOTE, firstNewline())
        : record(Found.RECORD, scan);
  }

  private Found tooLong() {
    int newline = firstNewline();
    if (newline < scan) {
      return record(Found.UNCLOSED_QUOTE, newline);
    }
    bytes = Arrays.copyOfRange(buffer, start, Math.min(scan, start + DeadLetter.MAX_VALUE_BYTES));
    length = (long) scan - start;
    beginLine();
    start = scan;
    discarding = true;
    return Found.UNFINISHED;
  }

  /** The first newline of the record, or where the scan has got to if there is none. */
  private int firstNewline() {
    for (int i = start; i < scan; i++) {
      if (isNewline(buffer[i])) {
        return i;
      }
    }
    return scan;
  }

  private Found record(Found found, int to) {
    bytes = Arrays.copyOfRange(buffer, start, to);
    length = bytes.length;
    beginLine();
    return endAt(found, to);
  }

  /** The rest of a line that is too long; one buffer of it at a time. */
  private Found discard() throws IOException {
    while (scan < end && !isNewline(buffer[scan])) {
      scan++;
    }
    length += scan - start;
    start = scan;
    if (scan == end && !atEnd) {
      fill();
      return Found.UNFINISHED;
    }
    discarding = false;
    cutOff = scan == end;
    return endAt(Found.TOO_LONG, scan);
  }

  private Found endAt(Found found, int to) {
    start = to;
    scan = to;
    state = State.FIELD_START;
    sumUpToStart();
    position = bufferAt + to;
    checksum = sum.getValue();
    return found;
  }

  private void beginLine() {
    sumUpToStart();
    line = linesEnded + 1;
  }

  private void sumUpToStart() {
    sum.update(buffer, summed, start - summed);
    for (int i = summed; i < start; i++) {
      boolean isReturn = buffer[i] == '\r';
      if (isReturn || (buffer[i] == '\n' && !afterReturn)) {
        linesEnded++;
      }
      afterReturn = isReturn;
    }
    summed = start;
  }

  /** Drops what lies before the record, makes room if there is none, and reads on. */
  private void fill() throws IOException {
    sumUpToStart();
    if (end - start == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, maxRecordBytes + 1L));
    } else {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      bufferAt += start;
      scan -= start;
      end -= start;
      summed = 0;
      start = 0;
    }
    int room = buffer.length - end;
    int read = in.readNBytes(buffer, end, room);
    end += read;
    atEnd = read < room;
  }

  private void passByteOrderMark() {
    int mark = BYTE_ORDER_MARK.length;
    if (end >= mark && Arrays.equals(buffer, 0, mark, BYTE_ORDER_MARK, 0, mark)) {
      start = mark;
      scan = mark;
    }
  }

  private static boolean isNewline(byte b) {
    return b == '\n' || b == '\r';
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
