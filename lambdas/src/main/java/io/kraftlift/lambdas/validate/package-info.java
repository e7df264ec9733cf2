/** Validate: the five checks. */
@NullMarked
package io.kraftlift.lambdas.validate;

import org.jspecify.annotations.NullMarked;
