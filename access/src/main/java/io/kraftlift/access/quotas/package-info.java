/** The quotas of an AWS account. */
@NullMarked
package io.kraftlift.access.quotas;

import org.jspecify.annotations.NullMarked;
