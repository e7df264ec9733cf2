/** What the embedded run migrates: the data of a busy cluster, and applications that are live while it moves. */
@NullMarked
package io.kraftlift.local.workload;

import org.jspecify.annotations.NullMarked;
