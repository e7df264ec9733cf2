/** What the state machine passes to the functions and gets back: references and small counters only. */
@NullMarked
package io.kraftlift.statemachine.payloads;

import org.jspecify.annotations.NullMarked;
