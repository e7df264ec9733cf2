/** Finds mistakes in a definition before it is deployed or run. */
@NullMarked
package io.kraftlift.statemachine.lint;

import org.jspecify.annotations.NullMarked;
