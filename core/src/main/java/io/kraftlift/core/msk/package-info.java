/** What Amazon MSK tells about a cluster beyond what its brokers tell. */
@NullMarked
package io.kraftlift.core.msk;

import org.jspecify.annotations.NullMarked;
