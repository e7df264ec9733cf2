/** What tells a person: notices, alarms, a dashboard; and the rule that calls the safety net. */
@NullMarked
package io.kraftlift.cdk.watch;

import org.jspecify.annotations.NullMarked;
