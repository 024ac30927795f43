/** The raw layer in PostgreSQL: who may do what with it, and what silver and gold make of it. */
package dev.wadi.raw;
