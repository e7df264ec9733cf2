/** The ways to copy a cluster that are compared, each a process of its own. */
@NullMarked
package io.kraftlift.benchmarks.copiers;

import org.jspecify.annotations.NullMarked;
