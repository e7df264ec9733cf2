/** The Lambda functions: what each may do, how much of it there is, and why. */
@NullMarked
package io.kraftlift.cdk.functions;

import org.jspecify.annotations.NullMarked;
