/** Which SCRAM users a target has to know, and what makes them known there. No password is read. */
@NullMarked
package io.kraftlift.core.scram;

import org.jspecify.annotations.NullMarked;
