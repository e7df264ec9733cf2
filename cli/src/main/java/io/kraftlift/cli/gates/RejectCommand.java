package io.kraftlift.cli.gates;

import io.kraftlift.statemachine.Decision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kraftlift reject}. */
@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        description = "Rejects the gate that waits: the migration rolls back, or at producer-freeze, the attempt ends.")
public final class RejectCommand implements Callable<Integer> {
    private final Deciding deciding;

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private DecisionOptions options = new DecisionOptions();

    public RejectCommand(Deciding deciding) {
        this.deciding = deciding;
    }

    @Override
    public Integer call() throws InterruptedException {
        return deciding.decide(options.run(), gate.gate(), Decision.REJECT, options.manner())
                .number();
    }
}
