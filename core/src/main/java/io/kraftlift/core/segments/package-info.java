/** The segments of a lane, which are its write-ahead log: their format, their writer, and their reader. */
@NullMarked
package io.kraftlift.core.segments;

import org.jspecify.annotations.NullMarked;
