/** What every handler stands on: JSON in, JSON out, a run opened and kept warm. */
@NullMarked
package io.kraftlift.lambdas.runtime;

import org.jspecify.annotations.NullMarked;
