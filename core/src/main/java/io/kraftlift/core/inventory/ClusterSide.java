package io.kraftlift.core.inventory;

import java.util.Locale;

/** Which of a migration's two clusters. In messages it is the configuration's key. */
public enum ClusterSide {
    SOURCE,
    TARGET;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
