/** A run opened: its configuration, its stores, its clusters. */
@NullMarked
package io.kraftlift.access.runs;

import org.jspecify.annotations.NullMarked;
