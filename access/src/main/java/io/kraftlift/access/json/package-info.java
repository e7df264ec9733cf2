/** How records become JSON documents and back. */
@NullMarked
package io.kraftlift.access.json;

import org.jspecify.annotations.NullMarked;
