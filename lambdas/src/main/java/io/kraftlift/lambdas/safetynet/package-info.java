/** SafetyNet: what an execution left that could not clean up. */
@NullMarked
package io.kraftlift.lambdas.safetynet;

import org.jspecify.annotations.NullMarked;
