/** Rollback: the end of a migration before its commit. */
@NullMarked
package io.kraftlift.lambdas.rollback;

import org.jspecify.annotations.NullMarked;
