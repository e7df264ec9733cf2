/** Servers that answer like AWS, for tests. */
@NullMarked
package io.kraftlift.access.aws;

import org.jspecify.annotations.NullMarked;
