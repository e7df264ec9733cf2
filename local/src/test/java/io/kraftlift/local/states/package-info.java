/** Tests of the interpreter, most of them through the service's own client. */
@NullMarked
package io.kraftlift.local.states;

import org.jspecify.annotations.NullMarked;
