/**
 * Files and standard input as a source of whole blocks of records.
 *
 * <p>Names of files come in; pieces go out, in order, that several threads can read into blocks of
 * records. A file gives the same records at the same offsets every time, whatever the size of the
 * pieces. What can't be read becomes one broken record that says where and why; memory is bounded
 * by the size of a piece, never by that of a file.
 */
package dev.wadi.intake.file;
