/** The API of Amazon MSK. */
@NullMarked
package io.kraftlift.access.msk;

import org.jspecify.annotations.NullMarked;
