/** The state machines, their roles, and the alias that runs are started by. */
@NullMarked
package io.kraftlift.cdk.machine;

import org.jspecify.annotations.NullMarked;
