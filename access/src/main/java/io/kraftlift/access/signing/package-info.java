/** Signing evidence with Ed25519, and checking the signature. */
@NullMarked
package io.kraftlift.access.signing;

import org.jspecify.annotations.NullMarked;
