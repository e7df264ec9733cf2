/** ReleaseOverdue: producers whose freeze is overdue go on. */
@NullMarked
package io.kraftlift.lambdas.releaseoverdue;

import org.jspecify.annotations.NullMarked;
