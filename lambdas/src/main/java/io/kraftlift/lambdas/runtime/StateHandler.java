package io.kraftlift.lambdas.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.StoredConfigurations;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.secrets.SecretsManagerSource;
import io.kraftlift.statemachine.payloads.RunReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda function of the state machine: reads the request, opens the run it names, calls {@link #handle}, writes the
 * result. The last run stays open while the function is warm, with its connections.
 *
 * <p>Mutable through the run it keeps; a Lambda environment handles one request at a time, and {@link #handleRequest} is
 * synchronized for callers that do not.
 *
 * @param <Q> the request's payload record
 * @param <R> the result's payload record
 */
public abstract class StateHandler<Q, R> implements RequestStreamHandler {
    private final Class<Q> requestType;
    private final Surroundings surroundings;
    private final ConfigurationSource configurations;
    private @Nullable RunReference openedFor;
    private @Nullable MigrationRun opened;

    /** In a process of its own: the real surroundings, and secrets by the AWS SDK's default chains. */
    protected StateHandler(Class<Q> requestType) {
        this(requestType, Surroundings.real());
    }

    private StateHandler(Class<Q> requestType, Surroundings surroundings) {
        this(
                requestType,
                surroundings,
                new StoredConfigurations(
                        new ConfigReader(surroundings.environment(), SecretsManagerSource.byDefaultChains()))::read);
    }

    protected StateHandler(Class<Q> requestType, Surroundings surroundings, ConfigurationSource configurations) {
        this.requestType = requestType;
        this.surroundings = surroundings;
        this.configurations = configurations;
    }

    /** The run that a request is about. */
    protected abstract RunReference runOf(Q request);

    /** The state's work. Running it twice does no harm. */
    protected abstract R handle(MigrationRun run, Q request) throws InterruptedException;

    /**
     * Whether it works only for the execution that has the migration. What lets overdue producers go on works for any: whoever
     * froze them may have lost the migration since.
     */
    protected boolean isForTheOwnerOnly() {
        return true;
    }

    @Override
    public final synchronized void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
            throws IOException {
        Q request = Documents.read(
                input.readAllBytes(),
                requestType,
                "the request of " + getClass().getName());
        R result;
        try {
            result = handle(claimed(runOf(request)), request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        output.write(Documents.write(result));
    }

    /**
     * The run, of an execution that still has its migration. Who is called from outside of an execution, or before the claim,
     * has nothing to show, and gets the run in the restart that the lease says.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded MIGRATION_OWNED_BY_ANOTHER_RUN
     */
    private MigrationRun claimed(RunReference reference) {
        MigrationRun run = open(reference);
        LeaseObject lease = new LeaseObject(run);
        if (reference.generation() != null) {
            if (isForTheOwnerOnly()) {
                lease.require(reference.generation());
            }
            return run;
        }
        int restart = lease.find().map(MigrationLease::restart).orElse(0);
        if (run.objects().restart() != restart) {
            run.close();
            run = run.inRestart(restart);
            opened = run;
        }
        return run;
    }

    private MigrationRun open(RunReference reference) {
        if (opened == null || !reference.equals(openedFor)) {
            if (opened != null) {
                opened.close();
            }
            MigrationRun first =
                    new MigrationRun(reference.migration(), configurations.read(reference.config()), surroundings);
            opened = first.inRestart(reference.restartOrFirst());
            openedFor = reference;
        }
        return opened;
    }
}
