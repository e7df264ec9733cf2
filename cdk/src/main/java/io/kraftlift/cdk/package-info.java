/** The application that CDK synthesizes: one stack per migration, of one construct per concern. */
@NullMarked
package io.kraftlift.cdk;

import org.jspecify.annotations.NullMarked;
