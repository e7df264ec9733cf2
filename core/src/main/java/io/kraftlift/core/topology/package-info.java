/** The difference between source and target in topics, ACLs and quotas, as ordered steps, and the ledger of what was done. */
@NullMarked
package io.kraftlift.core.topology;

import org.jspecify.annotations.NullMarked;
