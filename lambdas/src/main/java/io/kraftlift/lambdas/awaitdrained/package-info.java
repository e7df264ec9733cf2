/** AwaitDrained: everything up to the sentinels is on the target. */
@NullMarked
package io.kraftlift.lambdas.awaitdrained;

import org.jspecify.annotations.NullMarked;
