/** SealEvidence: the holds released, the account signed and stored. */
@NullMarked
package io.kraftlift.lambdas.sealevidence;

import org.jspecify.annotations.NullMarked;
