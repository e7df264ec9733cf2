/** What the review by cdk-nag finds and is meant to be, each with its reason. */
@NullMarked
package io.kraftlift.cdk.review;

import org.jspecify.annotations.NullMarked;
