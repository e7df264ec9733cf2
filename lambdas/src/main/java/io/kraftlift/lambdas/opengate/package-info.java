/** OpenGate: a person is to decide. */
@NullMarked
package io.kraftlift.lambdas.opengate;

import org.jspecify.annotations.NullMarked;
