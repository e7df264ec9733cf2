/** What a deployment leaves open, read from CDK's context. */
@NullMarked
package io.kraftlift.cdk.settings;

import org.jspecify.annotations.NullMarked;
