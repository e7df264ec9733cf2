/** Looking up secrets. */
@NullMarked
package io.kraftlift.access.secrets;

import org.jspecify.annotations.NullMarked;
