/** The minutes around the producer freeze: when it may begin, what holds while it lasts, what it came to. */
@NullMarked
package io.kraftlift.core.cutover;

import org.jspecify.annotations.NullMarked;
