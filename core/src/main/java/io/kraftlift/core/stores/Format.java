package io.kraftlift.core.stores;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A document whose member {@code format} is the version of its format. A reader refuses every other version by name, before
 * it wonders about members that it does not know.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Format {
    /** The version that this program writes and reads. */
    int value();
}
