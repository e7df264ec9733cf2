/** Beginning a migration anew: what it made on the target is proven to be its own, and deleted. */
@NullMarked
package io.kraftlift.access.restart;

import org.jspecify.annotations.NullMarked;
