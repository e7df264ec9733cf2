/** A whole migration of a cluster made for it, from start to signed evidence. */
@NullMarked
package io.kraftlift.local.demo;

import org.jspecify.annotations.NullMarked;
