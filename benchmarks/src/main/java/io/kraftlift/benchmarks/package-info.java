/** What Kraftlift's speed and cost are measured with: whole processes against real brokers. */
@NullMarked
package io.kraftlift.benchmarks;

import org.jspecify.annotations.NullMarked;
