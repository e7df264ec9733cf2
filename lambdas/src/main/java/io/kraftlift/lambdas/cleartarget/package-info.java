/** ClearTarget: what the migration made on the target is deleted, so that it begins anew. */
@NullMarked
package io.kraftlift.lambdas.cleartarget;

import org.jspecify.annotations.NullMarked;
