package io.kraftlift.access.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} by an environment variable and {@code ${secret:arn#key}} by a secret. A second dollar before
 * the brace escapes it.
 */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SECRET = Pattern.compile("secret:(arn:[^#]+)#([^#]+)");
    private static final Pattern ONE_REFERENCE = Pattern.compile("\\$\\{[^}]*}");

    private final Map<String, String> environment;
    private final SecretSource secrets;

    References(Map<String, String> environment, SecretSource secrets) {
        this.environment = environment;
        this.secrets = secrets;
    }

    /**
     * A text with its references replaced.
     *
     * @param troubles what could not be replaced; then the text means nothing
     */
    record Resolved(String text, boolean referring, List<Trouble> troubles) {}

    /** A reference without a value. */
    record Trouble(String rule, String remedy) {}

    /** Whether the text is a reference and nothing else, so that it shows nothing of what it stands for. */
    static boolean isOneReference(String raw) {
        return ONE_REFERENCE.matcher(raw).matches();
    }

    Resolved resolve(String raw) {
        StringBuilder text = new StringBuilder();
        List<Trouble> troubles = new ArrayList<>();
        boolean referring = false;
        Matcher reference = REFERENCE.matcher(raw);
        int at = 0;
        while (reference.find()) {
            text.append(raw, at, reference.start());
            at = reference.end();
            @Nullable String inside = reference.group(1);
            if (inside == null) {
                text.append("${");
                continue;
            }
            referring = true;
            try {
                text.append(valueOf(inside, "}".equals(reference.group(2))));
            } catch (SecretUnavailable e) {
                troubles.add(new Trouble(String.valueOf(e.getMessage()), e.remedy()));
            }
        }
        text.append(raw, at, raw.length());
        return new Resolved(text.toString(), referring, troubles);
    }

    private String valueOf(String inside, boolean closed) throws SecretUnavailable {
        if (closed && VARIABLE.matcher(inside).matches()) {
            @Nullable String value = environment.get(inside);
            if (value == null) {
                throw new SecretUnavailable(
                        "the environment variable " + inside + " must be set, was not", "export " + inside);
            }
            return value;
        }
        Matcher secret = SECRET.matcher(inside);
        if (closed && secret.matches()) {
            return secrets.secret(secret.group(1), secret.group(2));
        }
        throw new SecretUnavailable(
                "a reference must be ${NAME} or ${secret:arn#key}, was another", "write $${ where ${ itself is meant");
    }
}
