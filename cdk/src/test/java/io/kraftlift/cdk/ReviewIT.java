package io.kraftlift.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;

/** What cdk-nag's AwsSolutions and the library itself say about what is deployed. */
class ReviewIT {
    @Test
    void findsNothingInADeploymentThatBringsItsNetwork() {
        assertThat(Synthesis.typical().findings()).isEmpty();
    }

    @Test
    void findsNothingInADeploymentWithoutAnySetting() {
        assertThat(Synthesis.bare().findings()).isEmpty();
    }

    @Test
    void leavesCloudFormationNothingToRefuse() throws IOException {
        assertThat(refusals(Synthesis.typical().output())).isEmpty();
        assertThat(refusals(Synthesis.bare().output())).isEmpty();
    }

    /** That the report is about something. */
    @Test
    void showsWhatCloudFormationWouldRefuse() throws IOException {
        Synthesis.assumeNode();
        Path output = Path.of("target/synthesis/wrong").toAbsolutePath();
        App app = new App(AppProps.builder().outdir(output.toString()).build());
        CfnResource.Builder.create(new Stack(app, "wrong"), "Queue")
                .type("AWS::SQS::Queue")
                .properties(Map.of("VisibilityTimeout", "soon"))
                .build();

        app.synth();

        assertThat(refusals(output)).singleElement().asString().contains("VisibilityTimeout");
    }

    /** What the library's own validation says, which it notes down and goes on. */
    private static List<String> refusals(Path output) throws IOException {
        JsonNode report =
                Synthesis.JSON.readTree(output.resolve("validation-report.json").toFile());
        List<String> refusals = new ArrayList<>();
        report.path("pluginReports")
                .forEach(plugin -> plugin.path("violations").forEach(violation -> refusals.add(violation.toString())));
        return refusals;
    }

    @Test
    void hasAReasonForWhatItAccepts() {
        List<String> reasons = new ArrayList<>();
        Synthesis.typical()
                .template()
                .path("Resources")
                .forEach(resource -> resource.path("Metadata")
                        .path("cdk_nag")
                        .path("rules_to_suppress")
                        .forEach(rule -> reasons.add(rule.path("reason").asText())));

        assertThat(reasons).isNotEmpty().allMatch(reason -> reason.length() > 20);
    }

    @Test
    void warnsOfAnImageThatIsMissingAndOfNothingElse() {
        assertThat(Synthesis.typical().warnings()).isEmpty();
        assertThat(Synthesis.bare().warnings()).singleElement().asString().contains("worker_base_image");
    }

    /** Of every statement that allows something everywhere, it is known why. */
    @Test
    void allowsEverywhereOnlyWhatHasNoResource() {
        List<String> everywhere = new ArrayList<>();
        for (JsonNode policy : Synthesis.typical().resources("AWS::IAM::Policy").values()) {
            policy.path("Properties").path("PolicyDocument").path("Statement").forEach(statement -> {
                if (statement.path("Effect").asText().equals("Allow")
                        && Synthesis.stream(statement.path("Resource"))
                                .anyMatch(resource -> resource.asText().equals("*"))) {
                    Synthesis.stream(statement.path("Action")).forEach(action -> everywhere.add(action.asText()));
                }
            });
        }

        assertThat(everywhere)
                .allMatch(action -> action.matches("xray:(Put|Get)\\w+"
                        + "|logs:\\w*(LogDeliver|LogGroups|ResourcePolic)\\w*"
                        + "|ec2:\\w+(NetworkInterfaces?|Subnets|PrivateIpAddresses)"
                        + "|ecr:GetAuthorizationToken"));
    }
}
