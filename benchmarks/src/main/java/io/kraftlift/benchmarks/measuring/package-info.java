/** What a run cost, and how runs compare. */
@NullMarked
package io.kraftlift.benchmarks.measuring;

import org.jspecify.annotations.NullMarked;
