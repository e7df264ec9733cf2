/** The functions as Lambda runs them. */
@NullMarked
package io.kraftlift.lambdas.runtime;

import org.jspecify.annotations.NullMarked;
