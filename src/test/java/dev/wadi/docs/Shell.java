package dev.wadi.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands of a shell's text, each as its words, for as much of the language as the pages use:
 * quotes, comments, lists, pipes, redirections, here-documents, {@code $(...)}.
 */
public final class Shell {

  private final String text;
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private StringBuilder word;
  private boolean redirected;
  private String hereEnd;
  private int at;

  private Shell(String text) {
    this.text = text;
  }

  /** The simple commands in their order; what is redirected, and where to, is left out. */
  public static List<List<String>> commands(String text) {
    Shell shell = new Shell(text.replace("\\\n", " "));
    shell.read();
    return shell.commands;
  }

  private void read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case ' ', '\t' -> endWord();
        case '\'' -> quoted('\'');
        case '"' -> quoted('"');
        case '\\' -> add(text.substring(at, ++at));
        case '$' -> add(at < text.length() && text.charAt(at) == '(' ? substitution() : "$");
        case '#' -> comment();
        case '<', '>' -> redirect(c);
        case '\n' -> endLine();
        case ';', '|', '&', '(', ')' -> endCommand();
        default -> add(String.valueOf(c));
      }
    }
    endCommand();
  }

  private void add(String more) {
    word = word == null ? new StringBuilder() : word;
    word.append(more);
  }

  private void quoted(char quote) {
    int end = text.indexOf(quote, at);
    add(text.substring(at, end));
    at = end + 1;
  }

  private String substitution() {
    int from = at - 1;
    int depth = 0;
    do {
      depth +=
          switch (text.charAt(at++)) {
            case '(' -> 1;
            case ')' -> -1;
            default -> 0;
          };
    } while (depth > 0);
    return text.substring(from, at);
  }

  private void comment() {
    if (word != null) {
      add("#");
      return;
    }
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private void redirect(char sign) {
    // a file descriptor stands before the sign
    if (word != null && word.toString().matches("[0-9]")) {
      word = null;
    }
    endWord();
    if (sign == '<' && text.startsWith("<", at)) {
      at++;
      int end = text.indexOf('\n', at);
      hereEnd = text.substring(at, end).strip().replaceAll("^['\"]|['\"].*|\\s.*", "");
    }
    while (at < text.length() && (text.charAt(at) == '>' || text.charAt(at) == '&')) {
      at++;
    }
    redirected = true;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private void endWord() {
    if (word != null && !redirected) {
      words.add(word.toString());
    }
    redirected = redirected && word == null;
    word = null;
  }

  private void endCommand() {
    endWord();
    redirected = false;
    if (!words.isEmpty()) {
      commands.add(words);
    }
    words = new ArrayList<>();
  }

  private void endLine() {
    endCommand();
    if (hereEnd != null) {
      at = text.indexOf("\n" + hereEnd + "\n", at - 1) + hereEnd.length() + 2;
      hereEnd = null;
    }
  }
}
