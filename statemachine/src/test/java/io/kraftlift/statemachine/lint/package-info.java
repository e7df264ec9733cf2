/** Tests of the lint, and a second opinion on definitions by the pinned npm package asl-validator. */
@NullMarked
package io.kraftlift.statemachine.lint;

import org.jspecify.annotations.NullMarked;
