/**
 * What is shipped and by which pipelines: bill of materials, licences, workflows. It looks at files
 * of the build and the repository, and at no code.
 */
package dev.wadi.supply;
