/** Unfreeze: producers and tail go on. */
@NullMarked
package io.kraftlift.lambdas.unfreeze;

import org.jspecify.annotations.NullMarked;
