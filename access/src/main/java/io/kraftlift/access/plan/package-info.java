/** Reading what a plan is made from, and writing what is made from a plan. */
@NullMarked
package io.kraftlift.access.plan;

import org.jspecify.annotations.NullMarked;
