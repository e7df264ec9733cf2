/** The object store as the domain sees it, and how its objects are named. */
@NullMarked
package io.kraftlift.core.stores;

import org.jspecify.annotations.NullMarked;
