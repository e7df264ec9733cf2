package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A checked definition of a state machine.
 *
 * @param timeout how long an execution may take, null for no limit
 * @param source the definition as it was given
 */
record Definition(ScopeDefinition scope, @Nullable Duration timeout, JsonNode source) {}
