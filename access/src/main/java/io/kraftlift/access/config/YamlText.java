package io.kraftlift.access.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * From bytes to the nodes of one YAML document, within bounds: {@value #MOST_BYTES} bytes, {@value #DEEPEST} levels, one
 * document, no aliases.
 */
final class YamlText {
    private static final int MOST_BYTES = 262_144;
    private static final int DEEPEST = 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String THE_FILE = "the file";

    private final String name;
    private final Problems problems;

    YamlText(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /** The document's mapping; empty when there is a problem, which is then reported. */
    Optional<MappingNode> read(byte[] yaml) {
        if (yaml.length > MOST_BYTES) {
            problems.add(
                    Place.START,
                    THE_FILE,
                    "must have at most " + MOST_BYTES + " bytes, was " + yaml.length,
                    "give the configuration file of a migration");
            return Optional.empty();
        }
        return decoded(yaml).flatMap(this::composed).flatMap(this::mapping);
    }

    private Optional<String> decoded(byte[] yaml) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(yaml.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(yaml), text, true);
        String before = text.flip().toString();
        if (result.isError()) {
            problems.add(
                    placeAfter(before), THE_FILE, "must be UTF-8 text, was other bytes here", "save the file as UTF-8");
            return Optional.empty();
        }
        return Optional.of(!before.isEmpty() && before.charAt(0) == BYTE_ORDER_MARK ? before.substring(1) : before);
    }

    private static Place placeAfter(String before) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new Place(line, before.length() - before.lastIndexOf('\n'));
    }

    private Optional<Node> composed(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .setCodePointLimit(MOST_BYTES)
                .build();
        try {
            // Composing recurses and follows aliases; events do neither, so the bounds are held on them first.
            if (!withinBounds(new Parse(settings).parseString(text))) {
                return Optional.empty();
            }
            Optional<Node> node = new Compose(settings).composeString(text);
            if (node.isEmpty()) {
                problems.add(
                        Place.START,
                        THE_FILE,
                        "must be a YAML document with settings, was empty",
                        "write the settings");
            }
            return node;
        } catch (MarkedYamlEngineException e) {
            syntax(Place.of(e.getProblemMark().or(e::getContextMark)), String.valueOf(e.getProblem()));
        } catch (ReaderException e) {
            int at = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
            syntax(placeAfter(text.substring(0, at)), "a character that YAML does not allow");
        } catch (YamlEngineException e) {
            syntax(Place.START, "not readable");
        }
        return Optional.empty();
    }

    private void syntax(Place place, String problem) {
        problems.add(
                place,
                "YAML",
                "must be well-formed, was not: " + Problems.quoted(problem),
                "look at the indentation, quotes and colons at and before this line");
    }

    private boolean withinBounds(Iterable<Event> events) {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            Place place = Place.of(event.getStartMark());
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> {
                    depth++;
                    if (depth > DEEPEST) {
                        problems.add(
                                place,
                                "YAML",
                                "must be nested at most " + DEEPEST + " levels deep, was deeper",
                                "write the settings as in docs/configuration.md");
                        return false;
                    }
                }
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> {
                    problems.add(place, "YAML", "must have no aliases (*name), was one", "write the value out");
                    return false;
                }
                case DocumentStart -> {
                    documents++;
                    if (documents > 1) {
                        problems.add(place, "YAML", "must be one document, was a second", "remove what follows ---");
                        return false;
                    }
                }
                default -> {
                    // Scalars, comments and the ends of things are within bounds with the file's size.
                }
            }
        }
        return true;
    }

    private Optional<MappingNode> mapping(Node node) {
        if (node instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        problems.add(
                Place.of(node),
                THE_FILE,
                "must be sections with settings, was " + WrittenSettings.kindOf(node),
                "begin with source: and target:");
        return Optional.empty();
    }
}
