package io.kraftlift.cli.gates;

import io.kraftlift.cli.RootCommand;
import io.kraftlift.statemachine.Decision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kraftlift approve}. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Approves the gate that waits, after showing what is decided.")
public final class ApproveCommand implements Callable<Integer> {
    private final Deciding deciding;
    private final RootCommand root;

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private DecisionOptions options = new DecisionOptions();

    public ApproveCommand(Deciding deciding, RootCommand root) {
        this.deciding = deciding;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        return deciding.decide(options.run(), gate.gate(), Decision.APPROVE, options.manner(root.json()))
                .number();
    }
}
