/** Counting for CloudWatch, by lines in the log. */
@NullMarked
package io.kraftlift.access.metrics;

import org.jspecify.annotations.NullMarked;
