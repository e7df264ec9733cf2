/** The call that asks the producers' side to stop, and to go on. */
@NullMarked
package io.kraftlift.access.webhook;

import org.jspecify.annotations.NullMarked;
