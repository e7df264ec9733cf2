package io.kraftlift.brokers.guest;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of every forked process: it ends the process when the parent closes this process's standard input or
 * dies, also by {@code kill -9}, and otherwise runs the real main class.
 *
 * <p>Arguments: the name of the real main class, then that class's own arguments. The system property
 * {@value #GRACE_PROPERTY} bounds the orderly exit, in milliseconds; after it the process halts. SIGTERM acts as
 * without this class.
 */
public final class GuestMain {
    /** The system property that bounds the orderly exit; milliseconds, at least 1, 10000 when not set. */
    public static final String GRACE_PROPERTY = "kraftlift.guest.grace.millis";

    private static final long DEFAULT_GRACE_MILLIS = 10_000;

    private GuestMain() {}

    /**
     * Watches the parent and runs the real main class.
     *
     * @throws Exception what the real main class throws, or why it cannot be run
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("GuestMain: first argument must be the class to run, was nothing");
        }
        var watch = new ParentWatch(Long.getLong(GRACE_PROPERTY, DEFAULT_GRACE_MILLIS));
        watch.start(System.in);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
