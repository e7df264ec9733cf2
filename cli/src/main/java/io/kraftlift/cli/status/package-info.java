/** How a run is doing, in text and in JSON. */
@NullMarked
package io.kraftlift.cli.status;

import org.jspecify.annotations.NullMarked;
