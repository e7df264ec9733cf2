package io.kraftlift.access.config;

import io.kraftlift.core.config.NearestName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The settings that a document writes, by path, after sections, keys and duplicates were checked against the catalog.
 * Mutable while it is built; confined to one reading.
 */
final class WrittenSettings {
    private static final String OUTER_ROOT = "enterprise";
    private static final String INNER_ROOT = "msk_kraft_migration";

    private final Problems problems;
    private final Map<String, Node> values = new TreeMap<>();
    private final Map<String, Place> sections = new TreeMap<>();

    private WrittenSettings(Problems problems) {
        this.problems = problems;
    }

    /** Empty when the outer root leads nowhere, which is then reported. */
    static Optional<WrittenSettings> of(MappingNode document, Problems problems) {
        WrittenSettings written = new WrittenSettings(problems);
        written.sections.put("", Place.START);
        return written.withoutRoot(document).map(tree -> {
            written.walk(tree, "");
            return written;
        });
    }

    Optional<Node> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /** Where the section or, where it is not written, the one around it begins. */
    Place placeOf(String section) {
        String around = section;
        while (true) {
            @Nullable Place place = sections.get(around);
            if (place != null) {
                return place;
            }
            around = around.substring(0, Math.max(0, around.lastIndexOf('.')));
        }
    }

    /** What a node is, in words, without its value. */
    static String kindOf(Node node) {
        if (node instanceof MappingNode) {
            return "a section";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return node.getTag().equals(Tag.NULL) ? "nothing" : "a single value";
    }

    /** The tree below {@code enterprise.msk_kraft_migration} where that root is written; otherwise the document. */
    private Optional<MappingNode> withoutRoot(MappingNode document) {
        boolean rooted = document.getValue().stream()
                .anyMatch(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(OUTER_ROOT));
        return rooted
                ? only(document, OUTER_ROOT, OUTER_ROOT)
                        .flatMap(outer -> only(outer, INNER_ROOT, OUTER_ROOT + "." + INNER_ROOT))
                : Optional.of(document);
    }

    /** The mapping below the one key that may stand here. */
    private Optional<MappingNode> only(MappingNode mapping, String name, String path) {
        Map<String, NodeTuple> entries = entries(mapping, "");
        entries.forEach((key, tuple) -> {
            if (!key.equals(name)) {
                problems.add(
                        Place.of(tuple.getKeyNode()),
                        Problems.quoted(key),
                        "must not stand beside " + OUTER_ROOT + "." + INNER_ROOT + ", was",
                        "move it below that root or remove it");
            }
        });
        @Nullable NodeTuple wanted = entries.get(name);
        if (wanted == null || wanted.getValueNode().getTag().equals(Tag.NULL)) {
            problems.add(Place.of(mapping), path, "must be there with settings, was not", "put the settings below it");
            return Optional.empty();
        }
        sections.put("", Place.of(wanted.getKeyNode()));
        return section(wanted, path);
    }

    private void walk(MappingNode mapping, String section) {
        entries(mapping, section).forEach((key, tuple) -> {
            String path = section.isEmpty() ? key : section + "." + key;
            @Nullable String notYet = SettingCatalog.NOT_YET.get(path);
            if (SettingCatalog.byPath().containsKey(path)) {
                values.put(path, tuple.getValueNode());
            } else if (SettingCatalog.isSection(path)) {
                sections.put(path, Place.of(tuple.getKeyNode()));
                section(tuple, path).ifPresent(below -> walk(below, path));
            } else if (notYet != null) {
                problems.add(
                        Place.of(tuple.getKeyNode()), path, "is not accepted yet: " + notYet, "remove the setting");
            } else {
                unknown(tuple.getKeyNode(), section, key);
            }
        });
    }

    /** What is below a section's key; an empty section is one without settings. */
    private Optional<MappingNode> section(NodeTuple tuple, String path) {
        Node value = tuple.getValueNode();
        if (value instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
            return Optional.of(mapping);
        }
        if (!(value instanceof ScalarNode) || !value.getTag().equals(Tag.NULL)) {
            problems.add(
                    Place.of(value),
                    path,
                    "must be a section with settings below it, was " + kindOf(value),
                    "indent its settings below it");
        }
        return Optional.empty();
    }

    private void unknown(Node keyNode, String section, String key) {
        String around = section.isEmpty() ? "the root" : section;
        Optional<String> elsewhere = SettingCatalog.byPath().values().stream()
                .filter(setting -> setting.key().equals(key))
                .map(Setting::path)
                .findFirst();
        String remedy = NearestName.of(key, SettingCatalog.namesIn(section))
                .map(near -> "did you mean " + near + "?")
                .or(() -> elsewhere.map(path -> "it is known as " + path))
                .orElse("known are " + String.join(", ", SettingCatalog.namesIn(section)));
        String path = section.isEmpty() ? "" : section + ".";
        problems.add(
                Place.of(keyNode),
                path + Problems.quoted(key).replace("\"", ""),
                "must be a known setting of " + around + ", was not",
                remedy);
    }

    /** The mapping's entries whose keys are names; of a repeated one the first. */
    private Map<String, NodeTuple> entries(MappingNode mapping, String section) {
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(
                        Place.of(tuple.getKeyNode()),
                        section.isEmpty() ? "the root" : section,
                        "must have names as keys, was " + kindOf(tuple.getKeyNode()),
                        "write name: value");
                continue;
            }
            @Nullable NodeTuple first = entries.putIfAbsent(key.getValue(), tuple);
            if (first != null) {
                Place place = Place.of(first.getKeyNode());
                problems.add(
                        Place.of(key),
                        (section.isEmpty() ? "" : section + ".")
                                + Problems.quoted(key.getValue()).replace("\"", ""),
                        "must stand once, was there already at line " + place.line(),
                        "remove one of the two");
            }
        }
        return entries;
    }
}
