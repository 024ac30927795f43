package dev.wadi.flatten;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ColumnNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id                  | id
          chainId             | chain_id
          pipelineName        | pipeline_name
          HTTPServerURL       | http_server_url
          artifactID          | artifact_id
          runIDs              | run_ids
          URLsSeen            | urls_seen
          sha256Sum           | sha256_sum
          snake_case          | snake_case
          SCREAMING_CASE      | screaming_case
          kebab-case          | kebab_case
          two words           | two_words
          a.b                 | a_b
          a__b                | a_b
          ends!               | ends
          _private            | _private
          2fast               | _2fast
          größe               | gro_e
          café                | cafe
          ''; DROP TABLE x--  | _drop_table_x
          ../../etc/passwd    | _etc_passwd
          名前                | _field
          ''                  | _field
          _                   | _field
          """)
  void makesSnakeCaseOfAMember(String member, String name) {
    String given = member == null ? "" : member;
    assertThat(ColumnName.of(List.of(given))).isEqualTo(name);
  }

  @Test
  void joinsAPathWithUnderscores() {
    assertThat(ColumnName.of(List.of("subject", "content", "pipelineName")))
        .isEqualTo("subject_content_pipeline_name");
    assertThat(ColumnName.of(List.of("a", "名前", "_b"))).isEqualTo("a_field_b");
    assertThat(ColumnName.of(List.of("a", "1"))).isEqualTo("a_1");
  }

  @Test
  void cutsALongNameAndKeepsItsSuffix() {
    String name = ColumnName.of(List.of("9" + "x".repeat(5_000), "y".repeat(5_000)));

    assertThat(name).hasSize(ColumnName.MAX_LENGTH).startsWith("_9xx");
    assertThat(ColumnName.withSuffix(name, 12)).hasSize(ColumnName.MAX_LENGTH).endsWith("x_12");
    assertThat(ColumnName.withSuffix("id", 2)).isEqualTo("id_2");
  }
}
