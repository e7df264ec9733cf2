/** What is written from a plan for people and for AWS: the runbook, the script, the policies, the costs, the summary. */
@NullMarked
package io.kraftlift.core.plan.artifacts;

import org.jspecify.annotations.NullMarked;
