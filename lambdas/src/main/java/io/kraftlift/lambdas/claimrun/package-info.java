/** ClaimRun: a migration belongs to one execution at a time. */
@NullMarked
package io.kraftlift.lambdas.claimrun;

import org.jspecify.annotations.NullMarked;
