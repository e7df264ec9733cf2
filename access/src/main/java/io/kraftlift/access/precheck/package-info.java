/** Gathers the facts that a precheck judges. */
@NullMarked
package io.kraftlift.access.precheck;

import org.jspecify.annotations.NullMarked;
