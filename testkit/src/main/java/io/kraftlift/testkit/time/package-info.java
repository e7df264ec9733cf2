/** Time that tests move. */
@NullMarked
package io.kraftlift.testkit.time;

import org.jspecify.annotations.NullMarked;
