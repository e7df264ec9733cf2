/** RecordDecision: who decided what. */
@NullMarked
package io.kraftlift.lambdas.recorddecision;

import org.jspecify.annotations.NullMarked;
