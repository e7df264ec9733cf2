/** Precheck: whether the migration may begin. */
@NullMarked
package io.kraftlift.lambdas.precheck;

import org.jspecify.annotations.NullMarked;
