/** VerifyOffsetFloor: the target holds what was copied and nothing else; the cutover is committed. */
@NullMarked
package io.kraftlift.lambdas.verifyoffsetfloor;

import org.jspecify.annotations.NullMarked;
