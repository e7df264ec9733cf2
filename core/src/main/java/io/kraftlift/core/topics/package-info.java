/** Topics and partitions, as names. */
@NullMarked
package io.kraftlift.core.topics;

import org.jspecify.annotations.NullMarked;
