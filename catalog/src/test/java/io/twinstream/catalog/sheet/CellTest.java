package io.twinstream.catalog.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.apache.poi.ss.SpreadsheetVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "0.1", "1.50", "123456789012345", "1E+300", "1000000000000000"})
  void aNumberThatASpreadsheetHoldsIsANumber(String digits) {
    assertThat(Cell.of(new BigDecimal(digits))).isEqualTo(new Cell.Numeric(new BigDecimal(digits)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1234567890123456", "0.12345678901234567", "1E+999999999", "1E-999999999"})
  void otherNumbersKeepTheirDigitsAsTexts(String digits) {
    assertThat(Cell.of(new BigDecimal(digits))).isEqualTo(new Cell.Text(digits));
  }

  @Test
  void anEmptyTextLeavesTheCellEmpty() {
    assertThat(Cell.of("")).isEqualTo(Cell.EMPTY);
  }

  @Test
  void sheetsAndCellsAreAsLargeAsOfficeOpensThem() {
    assertThat(SheetLimits.EXCEL)
        .returns(SpreadsheetVersion.EXCEL2007.getMaxRows(), SheetLimits::rows)
        .returns(SpreadsheetVersion.EXCEL2007.getMaxColumns(), SheetLimits::columns)
        .isEqualTo(new SheetLimits(1_048_576, 16_384));
    assertThat(CellText.MAX_LENGTH)
        .isEqualTo(SpreadsheetVersion.EXCEL2007.getMaxTextLength())
        .isEqualTo(32_767);
  }

  @Test
  void aSheetHasRoomForAHeaderAndARow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SheetLimits(1, 5))
        .withMessage("a sheet has 2 rows and 1 column or more, not 1 and 5");
  }
}
