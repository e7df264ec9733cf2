package io.kraftlift.access.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.aws.Silence;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.config.SecretUnavailable;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Secrets of AWS Secrets Manager, in the region that their ARN names. A key is a member of the secret's JSON object; the
 * key {@value #WHOLE} gives the whole text of a secret that is not such an object.
 *
 * <p>A secret is asked for once and kept as long as this object lives. No message and no cause of an error has any of a
 * secret's value. Safe for several threads; guarded by its monitor.
 */
public final class SecretsManagerSource implements SecretSource {
    /** The key for all of a secret, as Secrets Manager's own answer calls it. */
    public static final String WHOLE = "SecretString";

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):[0-9]{12}:secret:.+");
    private static final JsonMapper JSON = new JsonMapper();

    private final Function<Region, SecretsManagerClient> clients;
    private final Map<String, String> known = new HashMap<>();

    SecretsManagerSource(Function<Region, SecretsManagerClient> clients) {
        this.clients = clients;
    }

    /** Asks with the AWS SDK's default chain of credentials. */
    public static SecretsManagerSource byDefaultChains() {
        return of(AwsSession.BY_DEFAULT_CHAINS);
    }

    /** Asks with a session's credentials, each secret in the region of its ARN. */
    public static SecretsManagerSource of(AwsSession session) {
        return new SecretsManagerSource(
                region -> configured(session.apply(SecretsManagerClient.builder(), Patience.FOR_QUESTIONS))
                        .region(region)
                        .build());
    }

    static SecretsManagerClientBuilder configured(SecretsManagerClientBuilder builder, Patience patience) {
        return configured(AwsSession.BY_DEFAULT_CHAINS.apply(builder, patience));
    }

    private static SecretsManagerClientBuilder configured(SecretsManagerClientBuilder builder) {
        return builder.httpClientBuilder(Apache5HttpClient.builder().connectionTimeout(Duration.ofSeconds(5)));
    }

    @Override
    public synchronized String secret(String arn, String key) throws SecretUnavailable {
        @Nullable String text = known.get(arn);
        if (text == null) {
            text = fetch(arn);
            known.put(arn, text);
        }
        return memberOf(text, arn, key);
    }

    private static String memberOf(String text, String arn, String key) throws SecretUnavailable {
        Optional<JsonNode> object = objectOf(text);
        if (object.isEmpty()) {
            if (key.equals(WHOLE)) {
                return text;
            }
            throw new SecretUnavailable(
                    "the secret " + arn + " must be a JSON object with the member " + key + ", is a plain text",
                    "refer to a plain text with #" + WHOLE);
        }
        @Nullable JsonNode member = object.get().get(key);
        if (member == null || !member.isValueNode() || member.isNull()) {
            throw new SecretUnavailable(
                    "the secret " + arn + " must have the member " + key + " with a text, has none",
                    "add the member to the secret, or refer to another");
        }
        return member.asText();
    }

    /** Without the parser's complaint, which quotes what it read. */
    private static Optional<JsonNode> objectOf(String text) {
        try {
            return Optional.<JsonNode>ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private String fetch(String arn) throws SecretUnavailable {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw new SecretUnavailable(
                    "a secret must be named by an ARN of Secrets Manager, was \"" + arn + "\"",
                    "copy the ARN as Secrets Manager shows it");
        }
        try (SecretsManagerClient client = clients.apply(Region.of(parts.group(1)))) {
            @Nullable
            String text =
                    client.getSecretValue(request -> request.secretId(arn)).secretString();
            if (text == null) {
                throw new SecretUnavailable(
                        "the secret " + arn + " must be a text, is binary", "store it as a text or as JSON");
            }
            return text;
        } catch (SecretsManagerException e) {
            throw answered(arn, e);
        } catch (SdkClientException e) {
            throw notAnswered(arn, e);
        }
    }

    private static SecretUnavailable answered(String arn, SecretsManagerException answer) {
        Refusal refusal = Refusal.of(answer);
        String what = "the secret " + arn + " must be readable, was refused (" + refusal + ")";
        if (refusal.isTransient()) {
            throw new TryAgain(FailureName.SERVICE_UNREACHABLE, what, answer);
        }
        if (refusal.isAboutCredentials()) {
            return new SecretUnavailable(what, "renew the credentials of this process");
        }
        return new SecretUnavailable(what, remedyOf(refusal, arn));
    }

    private static String remedyOf(Refusal refusal, String arn) {
        return switch (refusal.code()) {
            case "ResourceNotFoundException" -> "make the secret, or correct the ARN";
            case "InvalidRequestException" -> "restore the secret if it is marked for deletion, and give it a value";
            case "DecryptionFailure" -> "allow kms:Decrypt on the secret's KMS key to this role";
            default ->
                "allow "
                        + refusal.missingAction()
                                .orElse("secretsmanager:GetSecretValue and, with a key of your own, kms:Decrypt")
                        + " for " + arn + " to this role";
        };
    }

    private static SecretUnavailable notAnswered(String arn, SdkClientException silence) {
        String what = "the secret " + arn + " must be readable, was not (" + silence.getMessage() + ")";
        if (Silence.of(silence) == Silence.NOT_SENT) {
            return new SecretUnavailable(
                    what, "give this process AWS credentials by a role, a profile or the environment");
        }
        throw new TryAgain(FailureName.SERVICE_UNREACHABLE, what, silence);
    }
}
