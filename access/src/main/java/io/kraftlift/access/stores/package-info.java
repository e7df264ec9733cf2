/** Object stores: directories, buckets of S3, and where they are opened. */
@NullMarked
package io.kraftlift.access.stores;

import org.jspecify.annotations.NullMarked;
