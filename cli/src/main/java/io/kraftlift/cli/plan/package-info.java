/** {@code kraftlift plan} and {@code kraftlift precheck}: what an operator wants to know before data moves. */
@NullMarked
package io.kraftlift.cli.plan;

import org.jspecify.annotations.NullMarked;
