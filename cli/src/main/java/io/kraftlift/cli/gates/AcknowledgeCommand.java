package io.kraftlift.cli.gates;

import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kraftlift ack}. */
@Command(
        name = "ack",
        mixinStandardHelpOptions = true,
        description = "Acknowledges that every client has switched to the target.")
public final class AcknowledgeCommand implements Callable<Integer> {
    private final Deciding deciding;

    @Mixin
    private DecisionOptions options = new DecisionOptions();

    public AcknowledgeCommand(Deciding deciding) {
        this.deciding = deciding;
    }

    @Override
    public Integer call() throws InterruptedException {
        return deciding.decide(options.run(), Gate.CLIENT_SWITCH, Decision.APPROVE, options.manner())
                .number();
    }
}
