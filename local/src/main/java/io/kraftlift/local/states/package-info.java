/**
 * An interpreter of Amazon States Language (JSONata dialect) with the wire protocol of Step Functions on loopback, for
 * local runs and tests.
 */
@NullMarked
package io.kraftlift.local.states;

import org.jspecify.annotations.NullMarked;
