/** What functions and workers may do with clusters, stores, secrets and keys, as policy statements. */
@NullMarked
package io.kraftlift.cdk.permissions;

import org.jspecify.annotations.NullMarked;
