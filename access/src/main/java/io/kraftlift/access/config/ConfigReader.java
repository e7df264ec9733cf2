package io.kraftlift.access.config;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.stores.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a migration's configuration file. Reference of the settings: {@code docs/configuration.md}.
 *
 * <p>The fingerprint covers the settings and defaults, not the text: order, comments, formatting, the outer root, and the
 * way in which a duration or a size is written do not change it.
 */
public final class ConfigReader {
    private final References references;

    /**
     * @param environment what {@code ${NAME}} refers to
     * @param secrets what {@code ${secret:arn#key}} refers to; {@link SecretSource#NONE} refuses them
     */
    public ConfigReader(Map<String, String> environment, SecretSource secrets) {
        this(new References(References.of(Map.copyOf(environment)), secrets));
    }

    private ConfigReader(References references) {
        this.references = references;
    }

    /** As functions and workers of a deployment read it: a reference to an environment variable is an error. */
    public static ConfigReader ofDeployment(SecretSource secrets) {
        return new ConfigReader(new References(References.NONE, secrets));
    }

    /**
     * Reads a configuration.
     *
     * @param name the file's name, for messages
     * @throws io.kraftlift.core.failures.OperatorActionNeeded CONFIGURATION_WRONG with every error, a line each, as
     *     {@code name:line:column: path: rule, was value; remedy}; values of secrets are not shown
     * @throws io.kraftlift.core.failures.TryAgain when the source of secrets does not answer
     */
    public ReadConfig read(String name, byte[] yaml) {
        Problems problems = new Problems(name);
        WrittenSettings written = new YamlText(name, problems)
                .read(yaml)
                .flatMap(document -> WrittenSettings.of(document, problems))
                .orElseThrow(problems::failure);
        SettingValues values = new SettingValues(written, references, problems);
        ConfigAssembly assembly = new ConfigAssembly(values);
        assembly.check();
        if (!problems.isEmpty()) {
            throw problems.failure();
        }
        String json = Documents.writeText(nested(values.canonical()));
        return new ReadConfig(assembly.assemble(), Sha256.of(json.getBytes(StandardCharsets.UTF_8)), json);
    }

    /** From values by dotted path to a tree. */
    @SuppressWarnings("unchecked") // every inner value was put here as such a map
    private static Map<String, Object> nested(Map<String, Object> byPath) {
        Map<String, Object> root = new TreeMap<>();
        byPath.forEach((path, value) -> {
            Map<String, Object> section = root;
            String rest = path;
            for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
                section = (Map<String, Object>)
                        section.computeIfAbsent(rest.substring(0, dot), name -> new TreeMap<String, Object>());
                rest = rest.substring(dot + 1);
            }
            section.put(rest, value);
        });
        return root;
    }
}
