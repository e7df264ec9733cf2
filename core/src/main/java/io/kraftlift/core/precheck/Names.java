package io.kraftlift.core.precheck;

import java.util.List;

/** Many names as one subject. */
final class Names {
    /** Enough to recognise them by, short enough for a line. */
    private static final int SHOWN = 5;

    private Names() {}

    static String of(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }
}
