/** What the benchmarks copy. */
@NullMarked
package io.kraftlift.benchmarks.data;

import org.jspecify.annotations.NullMarked;
