package io.kraftlift.cli.gates;

import io.kraftlift.statemachine.Gate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The gate that is meant, by its object's name. */
final class GateOption {
    @Option(
            names = "--gate",
            paramLabel = "GATE",
            defaultValue = "cutover",
            converter = Names.class,
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Gate gate = Gate.CUTOVER;

    GateOption() {}

    Gate gate() {
        return gate;
    }

    /** The names of gates. */
    static final class Names implements ITypeConverter<Gate>, Iterable<String> {
        Names() {}

        @Override
        public Gate convert(String name) {
            return Arrays.stream(Gate.values())
                    .filter(gate -> gate.objectName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("must be one of "
                            + Arrays.stream(Gate.values()).map(Gate::objectName).collect(Collectors.joining(", "))
                            + ", was \"" + name + "\""));
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Gate.values()).map(Gate::objectName).iterator();
        }
    }
}
