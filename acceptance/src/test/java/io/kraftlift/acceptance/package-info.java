/** Whole migrations against real clusters. */
@NullMarked
package io.kraftlift.acceptance;

import org.jspecify.annotations.NullMarked;
