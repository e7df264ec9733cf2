package io.kraftlift.access.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two configurations of one migration, as {@link ReadConfig#redactedJson()} has them. Values of secrets
 * are not shown; one that is written in the file itself, and not as a reference, is the same to us whatever it is.
 */
public final class SettingChanges {
    private static final String NOT_SHOWN = "not shown";

    /** Settings and sections of which a begun migration takes a new value; everything else it was built on. */
    private static final Set<String> MAY_CHANGE = Set.of(
            "source.auth",
            "target.auth",
            "evidence.retention",
            "evidence.signing_key",
            "evidence.signing_key_path",
            "seed.max_bytes_per_second",
            "seed.max_concurrent_partitions",
            "cutover",
            "validation");

    private SettingChanges() {}

    /** The differences, ascending by path. */
    public static List<SettingChange> between(JsonNode before, JsonNode after) {
        Map<String, String> old = flat(before);
        Map<String, String> now = flat(after);
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<SettingChange> changes = new ArrayList<>();
        for (String path : paths) {
            @Nullable String was = old.get(path);
            @Nullable String is = now.get(path);
            if (!Objects.equals(was, is)) {
                boolean secret = isSecret(path);
                changes.add(new SettingChange(
                        path,
                        secret && was != null ? NOT_SHOWN : was,
                        secret && is != null ? NOT_SHOWN : is,
                        mayChange(path) ? SettingChange.Effect.ACCEPTED : SettingChange.Effect.REFUSED));
            }
        }
        return changes;
    }

    static boolean mayChange(String path) {
        return MAY_CHANGE.stream().anyMatch(allowed -> path.equals(allowed) || path.startsWith(allowed + "."));
    }

    private static boolean isSecret(String path) {
        Setting<?> setting = SettingCatalog.byPath().get(path);
        return setting != null && setting.shape() == Setting.Shape.SECRET;
    }

    private static Map<String, String> flat(JsonNode settings) {
        Map<String, String> flat = new TreeMap<>();
        walk("", settings, flat);
        return flat;
    }

    private static void walk(String path, JsonNode node, Map<String, String> to) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry ->
                            walk(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), to));
        } else if (!node.isNull()) {
            to.put(path, node.toString());
        }
    }
}
