/**
 * Holds a lake against a send log. It reads the objects of the bucket, the markers as plain JSON
 * and the files by DuckDB, as ARCHITECTURE.md describes them, and shares no code with Wadi: what
 * Wadi gets wrong in writing it can't get wrong the same way in reading.
 */
package dev.wadi.crash.check;
