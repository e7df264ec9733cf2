/** One package per state of the machine. */
@NullMarked
package io.kraftlift.lambdas;

import org.jspecify.annotations.NullMarked;
