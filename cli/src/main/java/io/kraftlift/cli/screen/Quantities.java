package io.kraftlift.cli.screen;

import java.time.Duration;
import java.util.Locale;

/** How numbers are written for people; the same in every locale. */
public final class Quantities {
    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Quantities() {}

    /** {@code 1,234,567}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Decimal units with one digit: {@code 200.3 MB}. */
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /** Like {@link #bytes(long)}, for rates. */
    public static String bytes(double bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.95 && unit < BYTE_UNITS.length - 1) {
            amount /= 1_000;
            unit++;
        }
        return unit == 0
                ? String.format(Locale.ROOT, "%.0f B", amount)
                : String.format(Locale.ROOT, "%.1f %s", amount, BYTE_UNITS[unit]);
    }

    /** {@code 1.234 s}. */
    public static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f s", millis / 1_000.0);
    }

    /** The two largest units, as they are written in configuration: {@code 45s}, {@code 3m05s}, {@code 2d04h}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%dh%02dm", seconds / 3_600, seconds / 60 % 60);
        }
        return String.format(Locale.ROOT, "%dd%02dh", seconds / 86_400, seconds / 3_600 % 24);
    }
}
