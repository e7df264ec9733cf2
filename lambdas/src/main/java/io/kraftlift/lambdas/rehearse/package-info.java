/** Rehearse: the cutover, without freeze and commit. */
@NullMarked
package io.kraftlift.lambdas.rehearse;

import org.jspecify.annotations.NullMarked;
