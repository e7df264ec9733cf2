/** The brokers' side of the SASL mechanism AWS_MSK_IAM, for tests. */
@NullMarked
package io.kraftlift.testkit.iam;

import org.jspecify.annotations.NullMarked;
