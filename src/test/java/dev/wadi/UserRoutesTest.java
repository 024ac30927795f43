package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class UserRoutesTest {

  @TempDir Path folder;

  @Test
  void knowsWhereEachRouteStands() throws Exception {
    Path one =
        write("a.yaml", "- onException: {}\n- route: {id: first}\n- route:\n    id: second\n");
    Path two = write("b.yml", "- beans: []\n");
    write("readme.txt", "no route");

    UserRoutes routes = UserRoutes.in(folder);
    assertThat(routes.files()).containsExactly(one, two);
    assertThat(routes.ids()).containsExactlyInAnyOrder("first", "second");
    assertThat(routes.placeOf("second")).contains(one + ":3");
    assertThat(routes.placeOf("third")).isEmpty();
  }

  @Test
  void hasNoneWithoutAFolder() {
    assertThat(UserRoutes.in(null).files()).isEmpty();
  }

  @Test
  void leavesOutWhatAnEditorHidesBesideAFile() throws Exception {
    Path one = write("a.yaml", "- route: {id: first}\n");
    // Emacs points to who edits the file, which is no file
    Files.createSymbolicLink(folder.resolve(".#a.yaml"), Path.of("me@here.1:2"));
    write(".a.yaml.swp.yaml", "half a ro");
    assertThat(UserRoutes.read(folder)).containsOnlyKeys(one);
  }

  @Test
  void refusesAFileThatIsNotUtf8() throws Exception {
    Path file = folder.resolve("a.yaml");
    Files.write(file, new byte[] {'#', (byte) 0xc3, (byte) 0x28});
    assertThatThrownBy(() -> UserRoutes.in(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("UTF-8");
  }

  @Test
  void refusesARouteWhoseIdIsBlank() throws Exception {
    Path file = write("a.yaml", "# mine\n- route: {id: ' '}\n");
    assertThatThrownBy(() -> UserRoutes.in(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(file + ":2: a route without an id");
  }

  private Path write(String name, String yaml) throws Exception {
    return Files.writeString(folder.resolve(name), yaml);
  }
}
