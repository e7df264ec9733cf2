package io.kraftlift.core.plan.artifacts;

import static io.kraftlift.core.plan.artifacts.Shell.quoted;

import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.plan.InPlaceVerdict;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.PhaseEstimate;
import io.kraftlift.core.plan.SkipReason;
import io.kraftlift.core.topology.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes {@code plan/runbook.md}: this migration step by step, with the commands as they have to be typed. */
public final class Runbook {
    private static final int SHOWN = 50;

    private final Dossier dossier;
    private final MigrationPlan plan;
    private final CostEstimate cost;
    private final StringBuilder text = new StringBuilder();

    private Runbook(Dossier dossier, CostEstimate cost) {
        this.dossier = dossier;
        this.plan = dossier.plan();
        this.cost = cost;
    }

    /** The runbook's text. */
    public static String write(Dossier dossier, CostEstimate cost) {
        return new Runbook(dossier, cost).write();
    }

    private String write() {
        head();
        alternatives();
        prepare();
        deploy();
        start();
        approve();
        acknowledge();
        wayBack();
        reference();
        return withoutWideGaps(text.toString());
    }

    /** One empty line between two blocks is enough. */
    private static String withoutWideGaps(String text) {
        return text.replaceAll("(?m)^\\n(?=\\n)", "");
    }

    private void head() {
        line("# Migration " + dossier.migration() + ": " + plan.source().shownName() + " to "
                + plan.target().shownName());
        line("");
        line(
                "Written by `kraftlift plan` for this migration only. The steps are in order; every command can be pasted as"
                        + " it stands, from the project's folder. `docs/operator-guide.md` says more about each.");
        line("");
        line("```");
        PlanSummary.of(plan).lines().forEach(this::line);
        line("```");
        if (!plan.remarks().isEmpty()) {
            line("");
            line("What could not be read when this was written:");
            line("");
            plan.remarks().forEach(remark -> line("- " + remark));
        }
        line("");
        line("| phase | takes | because |");
        line("|---|---|---|");
        plan.estimates().forEach(this::estimate);
        line("");
        line("Not in it: the time until somebody approves the cutover, and until the clients are switched.");
    }

    private void estimate(PhaseEstimate estimate) {
        line("| " + estimate.phase().word() + " | " + Alternative.duration(estimate.lowSeconds()) + " to "
                + Alternative.duration(estimate.highSeconds()) + " | " + estimate.basis() + " |");
    }

    private void alternatives() {
        heading("Is this the right way?");
        line(inPlace(plan.inPlace()));
        line("");
        line("| way | time | freeze | way back | offsets | proof | money |");
        line("|---|---|---|---|---|---|---|");
        Alternative.of(dossier, cost)
                .forEach(way -> line("| "
                        + String.join(
                                " | ",
                                List.of(
                                        way.way(),
                                        way.time(),
                                        way.freeze(),
                                        way.wayBack(),
                                        way.offsets(),
                                        way.proof(),
                                        way.money()))
                        + " |"));
    }

    private static String inPlace(InPlaceVerdict verdict) {
        return verdict.fold(
                eligible -> "MSK can convert the source in place, to " + eligible.version()
                        + ". That needs one command, and nothing else of this runbook:\n\n```console\n"
                        + eligible.command() + "\n```\n\nBefore it, look at what neither API nor brokers show: "
                        + String.join("; ", eligible.unseen())
                        + ". It gives up the way back, the proof, and every change of broker type, network, account or"
                        + " authentication.",
                notEligible ->
                        "MSK cannot convert the source in place:\n\n- " + String.join("\n- ", notEligible.obstacles()),
                unknown -> "Whether MSK can convert the source in place could not be told: " + unknown.why());
    }

    private void prepare() {
        heading("1. Prepare");
        line("In the shell of all further steps:");
        console(
                "export MIGRATION=" + quoted(dossier.migration()),
                "export CONFIG=migration.yaml   # the file that this plan was made from");
        line("Read `aws-cli.sh`, then run it until it says that everything is there:");
        console("bash aws-cli.sh");
        line("Attach the policies of `iam-policy-concrete.json`, one to each role:");
        line("");
        Policies policies = Policies.concrete(dossier);
        line("| member | for |");
        line("|---|---|");
        line("| `operator` | you, and whoever approves |");
        if (policies.lambdas() != null) {
            line("| `lambdas` | the execution role of the functions |");
        }
        if (policies.worker() != null) {
            line("| `worker` | the task role of the workers |");
        }
        console(
                "export OPERATOR_ROLE=…   # the name of your role",
                "aws iam put-role-policy --role-name \"$OPERATOR_ROLE\" --policy-name \"kraftlift-$MIGRATION\" \\",
                "  --policy-document \"$(jq .operator iam-policy-concrete.json)\"");
        line("Check, as often as you like; exit code 0 is clean, 9 warnings, 10 blockers:");
        console("./kraftlift precheck --config \"$CONFIG\" --migration-id \"$MIGRATION\"");
    }

    private void deploy() {
        heading("2. Deploy");
        Optional<StoreSettings.Bucket> backup = dossier.backupBucket();
        Optional<StoreSettings.Bucket> evidence = dossier.evidenceBucket();
        if (backup.isEmpty() || evidence.isEmpty()) {
            line("This configuration keeps objects in directories, which functions and workers in AWS do not share. Set"
                    + " `backup.s3_bucket` and `evidence.s3_bucket` and plan again before you deploy.");
            return;
        }
        line("`docs/deploy.md` has every setting. A qualifier tells several migrations of an account apart:");
        console(
                "export STACK=kraftlift-main   # kraftlift-, and the qualifier",
                "export VPC_ID=… SUBNET_IDS=…   # private subnets from which both clusters are reached, with commas between",
                "export WORKER_IMAGE=…   # the workers' image in a registry, by its digest");
        List<String> deploy = new ArrayList<>(List.of(
                "npx cdk deploy -c qualifier=\"${STACK#kraftlift-}\"",
                "-c vpc_id=\"$VPC_ID\" -c subnet_ids=\"$SUBNET_IDS\" -c worker_image=\"$WORKER_IMAGE\"",
                setting("backup_bucket", backup.get().bucket()) + " "
                        + setting("evidence_bucket", evidence.get().bucket())));
        dossier.sourceArn().ifPresent(arn -> deploy.add(setting("source_cluster_arn", arn.toString())));
        dossier.targetArn().ifPresent(arn -> deploy.add(setting("target_cluster_arn", arn.toString())));
        if (backup.get().kmsKeyArn() != null) {
            deploy.add(setting("kms_key_arn", backup.get().kmsKeyArn()));
        }
        if (!dossier.secretArns().isEmpty()) {
            deploy.add(setting("secret_arns", String.join(",", dossier.secretArns())));
        }
        console("npm ci", "npx cdk bootstrap   # once per account and region", String.join(" \\\n  ", deploy));
        line("Become its approver; only that role may read what decides, and the decision names your session:");
        console(
                "export APPROVER=…   # the output ApproverRole",
                "aws configure set profile.approver.role_arn \"$APPROVER\"",
                "aws configure set profile.approver.source_profile default",
                "aws configure set profile.approver.role_session_name \"$USER\"");
    }

    private static String setting(String name, String value) {
        return "-c " + name + "=" + quoted(value);
    }

    private void start() {
        heading("3. Start");
        line("Plan and precheck once more, there, with the roles that will do the work:");
        console("./kraftlift start --config \"$CONFIG\" --plan-only --follow " + run());
        line("Then the migration. Interrupting the command ends the watching and nothing else:");
        console("./kraftlift start --config \"$CONFIG\" --follow " + run(), "./kraftlift status --watch " + run());
        line(
                "Until the cutover is approved, topics may be created, given partitions and deleted on the source: the tail"
                        + " takes in what this migration selects. From the approval to READY_FOR_CLIENT_SWITCH, better change"
                        + " nothing.");
        line("");
        line(
                "A blocker stops the execution in its Precheck state. Remove the cause, then go on where it stopped; the same"
                        + " command resumes an execution that failed anywhere else, and copies nothing twice:");
        console("./kraftlift resume " + run());
    }

    private void approve() {
        heading("4. Approve the cutover");
        line("When the lag has been at most " + dossier.config().cutover().drainMaxPartitionLag()
                + " offsets in every partition for "
                + Alternative.duration(
                        dossier.config().cutover().drainStableWindow().toSeconds())
                + ", the execution waits for you. Producers will stand still for at most "
                + Alternative.duration(
                        dossier.config().cutover().maxProducerFreeze().toSeconds())
                + ", "
                + (dossier.config().cutover().producerFreezeWebhook() == null
                        ? "and a person has to stop them: no webhook is configured."
                        : "and the webhook stops them: "
                                + dossier.config().cutover().producerFreezeWebhook() + "."));
        console("./kraftlift approve --gate cutover --profile approver --ticket CHG-1234 " + run());
        line("Not now, ask again in five minutes:");
        console("./kraftlift defer --gate cutover --profile approver " + run());
        if (dossier.config().cutover().producerFreezeWebhook() == null) {
            line("After the rehearsal, stop the producers, then confirm that they stand still:");
            console("./kraftlift approve --gate producer-freeze --profile approver " + run());
            line("When the attempt is given up, let them go on: `./kraftlift status` says so.");
        }
    }

    private void acknowledge() {
        heading("5. Switch the clients, then acknowledge");
        line(
                "After READY_FOR_CLIENT_SWITCH: stop each consumer application on the source, wait two seconds, start it on"
                        + " the target; then point the producers there." + bootstrap());
        groups();
        console("./kraftlift ack --profile approver " + run());
        line(
                dossier.config().validation().mode() == ValidationMode.FULL
                        ? "Then the target's whole log is compared with the digests made while copying, and the evidence is"
                                + " signed."
                        : "Then " + dossier.config().validation().spotCheckRecordsPerPartition()
                                + " records of every partition are compared, and the evidence is signed.");
        dossier.evidenceBucket()
                .ifPresentOrElse(
                        bucket -> console(
                                "aws s3 cp "
                                        + quoted("s3://" + bucket.bucket() + "/" + bucket.prefix() + dossier.migration()
                                                + "/evidence.json")
                                        + " evidence.json",
                                "./kraftlift verify evidence.json"),
                        () -> console("./kraftlift verify "
                                + quoted(((StoreSettings.Directory) dossier.config()
                                                        .evidence()
                                                        .store())
                                                .path() + "/" + dossier.migration() + "/evidence.json")));
    }

    private String bootstrap() {
        return dossier.targetArn()
                .map(arn -> " The target's addresses:\n\n```console\naws kafka get-bootstrap-brokers --region "
                        + arn.region() + " --cluster-arn " + arn + "\n```")
                .orElse("");
    }

    private void groups() {
        list(
                "Groups whose positions move:",
                plan.groups().stream().map(group -> "`" + group + "`").toList());
    }

    /** Nothing for an empty list; of a long one the beginning, the rest is in plan.json. */
    private void list(String title, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        line("");
        line(title);
        line("");
        items.stream().limit(SHOWN).forEach(item -> line("- " + item));
        if (items.size() > SHOWN) {
            line("- and " + (items.size() - SHOWN) + " more, see `plan.json`");
        }
    }

    private void wayBack() {
        heading("The way back");
        line(
                "Until READY_FOR_CLIENT_SWITCH, from every state: nothing on the source was changed, and producers that are"
                        + " frozen are let go on. What was made on the target is listed in `rollback.json` in the evidence store,"
                        + " with the commands that delete it, and stays until you run them:");
        console("./kraftlift rollback --ticket CHG-1234 " + run());
        line("After READY_FOR_CLIENT_SWITCH: point the applications back to the source. What was written to the target"
                + " since is only there.");
    }

    private void reference() {
        heading("What will be different while copying");
        List<Hold> holds = plan.topics().stream()
                .flatMap(topic -> topic.design().holds().stream())
                .toList();
        line(holds.size() + " settings of " + plan.totals().topics()
                + " topics on the target are held: those that let batches through end before the clients may produce,"
                + " those that keep records end when everything is validated. `plan.json` lists each.");
        list(
                "What will not be as on the source:",
                plan.topics().stream()
                        .flatMap(topic -> topic.design().remarks().stream()
                                .map(remark -> "`" + topic.design().name() + "`: " + remark))
                        .toList());
        list(
                "Topics that do not move:",
                plan.skippedTopics().stream()
                        .map(topic -> "`" + topic.name() + "`: " + reason(topic.reason()))
                        .toList());
    }

    private static String reason(SkipReason reason) {
        return switch (reason) {
            case INTERNAL -> "internal to the cluster, to MSK or to MirrorMaker";
            case EXCLUDED -> "`topics.exclude`";
            case NOT_INCLUDED -> "not in `topics.include`";
        };
    }

    /** The options that say which run is meant. */
    private static String run() {
        return "--stack \"$STACK\" --migration \"$MIGRATION\"";
    }

    private void heading(String title) {
        line("");
        line("## " + title);
        line("");
    }

    private void console(String... commands) {
        line("");
        line("```console");
        for (String command : commands) {
            line(command);
        }
        line("```");
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
