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

    /** What {@code ${NAME}} refers to. */
    @FunctionalInterface
    interface VariableSource {
        String value(String name) throws SecretUnavailable;
    }

    /** For functions and workers, which have none of the operator's. */
    static final VariableSource NONE = name -> {
        throw new SecretUnavailable(
                "must not refer to an environment variable, refers to " + name
                        + ", which the deployed functions do not have",
                "write the value itself, or refer to a secret, ${secret:arn#key}");
    };

    private final VariableSource variables;
    private final SecretSource secrets;

    References(VariableSource variables, SecretSource secrets) {
        this.variables = variables;
        this.secrets = secrets;
    }

    /** Those of a process. */
    static VariableSource of(Map<String, String> environment) {
        return name -> {
            @Nullable String value = environment.get(name);
            if (value == null) {
                throw new SecretUnavailable(
                        "the environment variable " + name + " must be set, was not", "export " + name);
            }
            return value;
        };
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
            return variables.value(inside);
        }
        Matcher secret = SECRET.matcher(inside);
        if (closed && secret.matches()) {
            return secrets.secret(secret.group(1), secret.group(2));
        }
        throw new SecretUnavailable(
                "a reference must be ${NAME} or ${secret:arn#key}, was another", "write $${ where ${ itself is meant");
    }
}
