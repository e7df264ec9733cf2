/** The role of the person who decides at a gate. */
@NullMarked
package io.kraftlift.cdk.approval;

import org.jspecify.annotations.NullMarked;
