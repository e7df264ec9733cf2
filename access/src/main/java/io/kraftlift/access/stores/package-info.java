/** Object stores: directories, and where they are opened. */
@NullMarked
package io.kraftlift.access.stores;

import org.jspecify.annotations.NullMarked;
