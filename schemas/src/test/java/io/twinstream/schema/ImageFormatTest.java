package io.twinstream.schema;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          FF D8 FF E0 00 10 4A 46 49 46 00, JPEG
          FF D8 FF DB,                      JPEG
          89 50 4E 47 0D 0A 1A 0A 00 00,    PNG
          47 49 46 38 37 61,                GIF
          47 49 46 38 39 61 01 00,          GIF
          42 4D 36 00 0C 00 00 00 00 00 36 00 00 00 28 00 00 00, BMP
          42 4D 36 00 0C 00 00 00 00 00 1A 00 00 00 0C 00 00 00, BMP
          49 49 2A 00 08 00 00 00,          TIFF
          4D 4D 00 2A 00 00 00 08,          TIFF
          49 49 2B 00 08 00 00 00,          TIFF
          4D 4D 00 2B 00 08 00 00,          TIFF
          52 49 46 46 24 00 00 00 57 45 42 50 56 50 38 20, WEBP
          00 00 01 00 01 00 10 10 00 00 01 00 20 00 68 04 00 00 16 00 00 00, ICO
          38 42 50 53 00 01,                PSD
          38 42 50 53 00 02,                PSD
          00 00 00 0C 6A 50 20 20 0D 0A 87 0A, JPEG2000
          FF 4F FF 51 00 2F,                JPEG2000
          00 00 00 1C 66 74 79 70 61 76 69 66 00 00 00 00, AVIF
          00 00 00 1C 66 74 79 70 6D 69 66 31 00 00 00 00 6D 69 66 31 61 76 69 66, AVIF
          00 00 00 0C 4A 58 4C 20 0D 0A 87 0A, JPEGXL
          FF 0A 7A 1F 10 08,                JPEGXL
          00 00 00 18 66 74 79 70 68 65 76 63 00 00 00 00, HEIC
          00 00 00 18 66 74 79 70 68 65 69 6D 00 00 00 00, HEIC
          00 00 00 18 66 74 79 70 68 65 69 73 00 00 00 00, HEIC
          00 00 00 18 66 74 79 70 6D 73 66 31 00 00 00 00, HEIC
          00 00 00 18 66 74 79 70 68 65 69 63 00 00 00 00, HEIC
          00 00 00 18 66 74 79 70 6D 69 66 31 00 00 00 00 68 65 69 63, HEIC
          """)
  void aPictureIsToldByItsMagicNumber(String head, ImageFormat format) {
    assertThat(ImageFormat.detect(bytes(head))).contains(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<svg xmlns='http://www.w3.org/2000/svg'>",
        "<?xml version='1.0'?><svg>",
        "<!DOCTYPE html><html>",
        "%PDF-1.7",
        "%!PS-Adobe-3.0",
        "PK\3\4",
        "BM is how this letter begins",
        "GIF88a",
        "GIF89",
        "RIFF\4\0\0\0WAVEfmt ",
        "\u0089PNG\n\u001A\n",
        "\0\0\1\0",
        "\0\0\0\u0018ftypmp42\0\0\0\0isommp42",
        "\0\0\0\u0018ftypqt  "
      })
  void whatIsNoPictureIsNone(String head) {
    assertThat(ImageFormat.detect(head.getBytes(ISO_8859_1))).isEmpty();
  }

  @Property
  void theHeadOfAFileIsEnough(@ForAll @Size(min = 32, max = 64) byte[] file) {
    assertThat(ImageFormat.detect(file))
        .isEqualTo(ImageFormat.detect(Arrays.copyOf(file, ImageFormat.HEAD_BYTES)));
  }

  @Test
  void namesAreLowerCase() {
    assertThat(ImageFormat.JPEG2000).hasToString("jpeg2000");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }
}
