/** SealHistory: puts the execution's own history beside the evidence. */
@NullMarked
package io.kraftlift.lambdas.sealhistory;

import org.jspecify.annotations.NullMarked;
