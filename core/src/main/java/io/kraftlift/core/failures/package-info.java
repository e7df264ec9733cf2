/** The three families of failure, and the names that errors, retries, alarms and runbook share. */
@NullMarked
package io.kraftlift.core.failures;

import org.jspecify.annotations.NullMarked;
