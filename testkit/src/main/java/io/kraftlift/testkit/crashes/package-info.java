/** Stores that die at a chosen moment, so that every moment can be tried. */
@NullMarked
package io.kraftlift.testkit.crashes;

import org.jspecify.annotations.NullMarked;
