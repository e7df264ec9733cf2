/** The contract of object stores, and the fake that keeps it. */
@NullMarked
package io.kraftlift.testkit.stores;

import org.jspecify.annotations.NullMarked;
