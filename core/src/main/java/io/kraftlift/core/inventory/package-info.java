/** What a cluster has, as it was read at one time. */
@NullMarked
package io.kraftlift.core.inventory;

import org.jspecify.annotations.NullMarked;
