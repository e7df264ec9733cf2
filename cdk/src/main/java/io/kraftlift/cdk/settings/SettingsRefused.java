package io.kraftlift.cdk.settings;

import java.util.List;

/** Settings that break a rule; the message has every problem, a line each, with its remedy. */
public final class SettingsRefused extends RuntimeException {
    SettingsRefused(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
