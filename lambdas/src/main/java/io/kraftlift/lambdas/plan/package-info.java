/** Plan: what the migration will do. */
@NullMarked
package io.kraftlift.lambdas.plan;

import org.jspecify.annotations.NullMarked;
