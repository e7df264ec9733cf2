/** The outside world behind the domain's ports. */
@NullMarked
package io.kraftlift.access;

import org.jspecify.annotations.NullMarked;
