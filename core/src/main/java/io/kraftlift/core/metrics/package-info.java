/** The names of what is counted while a migration runs. */
@NullMarked
package io.kraftlift.core.metrics;

import org.jspecify.annotations.NullMarked;
