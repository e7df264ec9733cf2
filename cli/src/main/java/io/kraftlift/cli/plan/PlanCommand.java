package io.kraftlift.cli.plan;

import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.kafka.ClusterAdmin;
import io.kraftlift.access.plan.Artifact;
import io.kraftlift.access.plan.Artifacts;
import io.kraftlift.access.plan.MskSurvey;
import io.kraftlift.access.plan.PlanSurvey;
import io.kraftlift.access.plan.PriceLists;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.ConfigOptions;
import io.kraftlift.cli.runs.ConfigurationFile;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.MigrationPlanner;
import io.kraftlift.core.plan.PlanInput;
import io.kraftlift.core.plan.artifacts.PriceList;
import io.kraftlift.core.stores.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kraftlift plan}: reads both clusters, changes nothing, and writes the plan's artifacts to a folder. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Plans a migration and writes its runbook, script, policies and costs. Changes nothing.",
        footer = "The artifacts: docs/plan.md.")
public final class PlanCommand implements Callable<Integer> {
    /** Nothing is in flight that matters. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final Surroundings surroundings;
    private final RootCommand root;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "all",
            converter = ArtifactFormat.Words.class,
            completionCandidates = ArtifactFormat.Words.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ArtifactFormat format = ArtifactFormat.ALL;

    @Option(
            names = "--out-dir",
            paramLabel = "DIR",
            defaultValue = "migration-plan",
            description = "Folder of the artifacts (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("migration-plan");

    @Option(names = "--force", description = "Overwrite what is in the folder.")
    private boolean force;

    @Option(names = "--prices", paramLabel = "FILE", description = "Price list instead of the one that comes along.")
    private @Nullable Path prices;

    public PlanCommand(Terminal terminal, Surroundings surroundings, RootCommand root) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        MigrationId migration = options.migration();
        OutputFolder output =
                new OutputFolder(folder, force ? OutputFolder.Overwriting.FORCED : OutputFolder.Overwriting.REFUSED);
        List<Artifact> wanted =
                Arrays.stream(Artifact.values()).filter(format::has).toList();
        output.require(wanted.stream().map(Artifact::fileName).toList());
        ReadConfig config = options.read(surroundings);
        PriceList list = prices == null
                ? PriceLists.ours()
                : PriceLists.read(new ConfigurationFile(prices).content(), prices.toString());
        PlanInput input = survey(config);
        MigrationPlan plan = new MigrationPlanner(migration, config.config(), config.fingerprint())
                .plan(input)
                .plan();
        Artifacts artifacts = Artifacts.of(plan, config, input, list);
        Map<String, byte[]> files = new LinkedHashMap<>();
        wanted.forEach(artifact -> files.put(artifact.fileName(), artifacts.content(artifact)));
        output.write(files);
        show(new PlanText(artifacts, Sha256.of(artifacts.content(Artifact.PLAN)), files(files)));
        return ExitCode.OK.number();
    }

    private List<String> files(Map<String, byte[]> files) {
        List<String> paths = new ArrayList<>();
        files.keySet().forEach(name -> paths.add(folder.resolve(name).toString()));
        return paths;
    }

    private void show(PlanText text) {
        if (root.json()) {
            terminal.out().println(Documents.writeText(text.document()));
        } else {
            text.lines().forEach(terminal.out()::println);
        }
    }

    private PlanInput survey(ReadConfig config) throws InterruptedException {
        Surroundings here = surroundings.in(options.session());
        ClusterAdmin admins = new ClusterAdmin(here.aws());
        try (OpenedAdmin source = new OpenedAdmin(admins, config.config().source(), ClusterSide.SOURCE);
                OpenedAdmin target = new OpenedAdmin(admins, config.config().target(), ClusterSide.TARGET)) {
            return new PlanSurvey(config.config(), here, MskSurvey.of(here)).read(source, target);
        }
    }

    /** A cluster's admin client, made when it is first asked for. Guarded by its own monitor. */
    private static final class OpenedAdmin implements Supplier<Admin>, AutoCloseable {
        private final ClusterAdmin admins;
        private final ClusterSettings cluster;
        private final ClusterSide side;
        private @Nullable Admin admin;

        OpenedAdmin(ClusterAdmin admins, ClusterSettings cluster, ClusterSide side) {
            this.admins = admins;
            this.cluster = cluster;
            this.side = side;
        }

        @Override
        public synchronized Admin get() {
            if (admin == null) {
                admin = admins.open(cluster, side, "kraftlift-" + side + "-plan");
            }
            return admin;
        }

        @Override
        public synchronized void close() {
            if (admin != null) {
                admin.close(GOODBYE);
            }
        }
    }
}
