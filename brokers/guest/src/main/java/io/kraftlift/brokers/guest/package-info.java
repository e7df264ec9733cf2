/** What runs first in every forked process, so that none outlives its parent. */
@NullMarked
package io.kraftlift.brokers.guest;

import org.jspecify.annotations.NullMarked;
