/** The two state machines, their role, and the alias that runs are started by. */
@NullMarked
package io.kraftlift.cdk.machine;

import org.jspecify.annotations.NullMarked;
