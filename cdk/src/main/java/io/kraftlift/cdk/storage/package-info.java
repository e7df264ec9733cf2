/** The two buckets, and who may read what in them. */
@NullMarked
package io.kraftlift.cdk.storage;

import org.jspecify.annotations.NullMarked;
