package io.kraftlift.access.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The values of settings, with references replaced and types checked, and beside them the same settings in canonical
 * form. Every setting is read once; problems are reported where they are. Mutable; confined to one reading.
 */
final class SettingValues {
    /** What a value without a tag gets; the library's own tag for {@code ${NAME}} is among them. */
    private static final List<Tag> PLAIN_TAGS = List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.ENV_TAG);

    private static final String REDACTED = "***";

    private final WrittenSettings written;
    private final References references;
    private final Problems problems;
    private final Map<Setting<?>, List<?>> values = new HashMap<>();
    private final Map<String, Object> canonical = new TreeMap<>();

    SettingValues(WrittenSettings written, References references, Problems problems) {
        this.written = written;
        this.references = references;
        this.problems = problems;
        SettingCatalog.byPath().values().forEach(this::read);
    }

    /** The settings and defaults by path: a text, a number, or a list of them. */
    Map<String, Object> canonical() {
        return canonical;
    }

    boolean isWritten(Setting<?> setting) {
        return written.value(setting.path()).isPresent();
    }

    /** The value or the default; empty when there is neither, or the written one is wrong. */
    <T> Optional<T> find(Setting<T> setting) {
        return list(setting).stream().findFirst();
    }

    /** The values of a list. */
    @SuppressWarnings("unchecked") // read() puts a Setting<T>'s values as List<T>
    <T> List<T> list(Setting<T> setting) {
        return (List<T>) values.getOrDefault(setting, List.of());
    }

    /** The value; missing is a problem. */
    <T> Optional<T> require(Setting<T> setting) {
        if (!isWritten(setting) && setting.byDefault() == null) {
            problem(setting, "must be given, was not", "write for example " + example(setting));
        }
        return find(setting);
    }

    /** Reports a setting that must not be there. */
    void refuse(Setting<?> setting, String rule, String remedy) {
        if (isWritten(setting)) {
            problem(setting, rule, remedy);
        }
    }

    /** Reports a problem at the setting's value or, where it is not written, at its section. */
    void problem(Setting<?> setting, String rule, String remedy) {
        problems.add(placeOf(setting), setting.path(), rule, remedy);
    }

    private Place placeOf(Setting<?> setting) {
        return written.value(setting.path()).map(Place::of).orElseGet(() -> written.placeOf(setting.section()));
    }

    private static String example(Setting<?> setting) {
        return setting.key() + ": " + setting.type().example();
    }

    private <T> void read(Setting<T> setting) {
        Optional<Node> node = written.value(setting.path());
        if (node.isEmpty()) {
            Optional.ofNullable(setting.byDefault()).ifPresent(text -> {
                T value = setting.type().parse(text).orElseThrow();
                values.put(setting, List.of(value));
                canonical.put(setting.path(), setting.type().canonical().apply(value));
            });
            return;
        }
        if (setting.shape() == Setting.Shape.LIST) {
            readList(setting, node.get());
        } else {
            scalar(setting, node.get()).ifPresent(one -> {
                values.put(setting, List.of(one.value()));
                canonical.put(setting.path(), one.canonical());
            });
        }
    }

    private <T> void readList(Setting<T> setting, Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            problem(
                    setting,
                    "must be a list of " + setting.type().words() + ", was " + WrittenSettings.kindOf(node),
                    "write for example " + setting.key() + ": [\""
                            + setting.type().example() + "\"]");
            return;
        }
        List<T> list = new ArrayList<>();
        List<Object> canonicalList = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            scalar(setting, element).ifPresent(one -> {
                list.add(one.value());
                canonicalList.add(one.canonical());
            });
        }
        values.put(setting, List.copyOf(list));
        canonical.put(setting.path(), canonicalList);
    }

    private record Read<T>(T value, Object canonical) {}

    private <T> Optional<Read<T>> scalar(Setting<T> setting, Node node) {
        if (!(node instanceof ScalarNode scalar)
                || scalar.getTag().equals(Tag.NULL)
                || !PLAIN_TAGS.contains(scalar.getTag())) {
            String was = PLAIN_TAGS.contains(node.getTag()) || !(node instanceof ScalarNode)
                    ? WrittenSettings.kindOf(node)
                    : "a value with a tag";
            wrong(setting, node, was);
            return Optional.empty();
        }
        String raw = scalar.getValue();
        References.Resolved resolved = references.resolve(raw);
        boolean secret = setting.shape() == Setting.Shape.SECRET;
        if (!resolved.troubles().isEmpty()) {
            // What stands around a reference in a secret is a part of the secret, and so may be its name.
            boolean showable = !secret || References.isOneReference(raw);
            resolved.troubles()
                    .forEach(trouble -> problems.add(
                            Place.of(node),
                            setting.path(),
                            showable ? trouble.rule() : "must be resolvable, was not",
                            showable ? trouble.remedy() : "let the value be one reference and nothing else"));
            return Optional.empty();
        }
        Optional<T> value = setting.type().parse(resolved.text());
        if (value.isEmpty()) {
            String was = secret ? "a value that is not shown" : Problems.quoted(raw);
            wrong(setting, node, resolved.text().isEmpty() ? "empty" : was);
            return Optional.empty();
        }
        return Optional.of(new Read<>(value.get(), canonicalOf(setting, raw, resolved, value.get())));
    }

    private static <T> Object canonicalOf(Setting<T> setting, String raw, References.Resolved resolved, T value) {
        if (setting.shape() == Setting.Shape.SECRET) {
            return References.isOneReference(raw) ? raw : REDACTED;
        }
        return resolved.referring() ? raw : setting.type().canonical().apply(value);
    }

    private void wrong(Setting<?> setting, Node node, String was) {
        problems.add(
                Place.of(node),
                setting.path(),
                "must be " + setting.type().words() + ", was " + was,
                "write for example " + setting.type().example());
    }
}
