package io.kraftlift.access.stores;

import static io.kraftlift.access.aws.FaultyPath.answer;
import static io.kraftlift.access.aws.FaultyPath.answerCut;
import static io.kraftlift.access.aws.FaultyPath.answerLost;
import static io.kraftlift.access.aws.FaultyPath.answerLostWhile;
import static io.kraftlift.access.aws.FaultyPath.requestLost;
import static io.kraftlift.access.aws.FaultyPath.requestLostWhile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.FaultyPath;
import io.kraftlift.access.aws.FaultyPath.Fault;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.aws.S3Proxy;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.s3.S3Client;

/** A store in a bucket whose way to the server is bad. */
@ExtendWith(S3Proxy.class)
@Timeout(60)
class S3FaultsIT {
    private static final ObjectKey KEY = new ObjectKey("m1/lanes/0/000000000007.seg");
    private static final Fault UNAVAILABLE =
            answer(503, Map.of(), error("SlowDown", "Please reduce your request rate."));

    private final StoreSettings.Bucket bucket;
    private final FaultyPath path;
    private final S3ObjectStore store;
    private final S3ObjectStore others;

    S3FaultsIT(AwsEndpoint endpoint) {
        bucket = new StoreSettings.Bucket(endpoint.newBucket(), "", null);
        path = new FaultyPath(endpoint.uri());
        store = S3Stores.impatientAt(path.uri(), bucket);
        others = S3Stores.impatientAt(endpoint.uri(), bucket);
    }

    @BeforeEach
    void startsWithAnEmptyBucket() {
        assertThat(others.list(new ObjectKey("m1"))).isEmpty();
    }

    @AfterEach
    void closePath() {
        path.close();
    }

    @Test
    void hasWrittenWhenTheAnswerToItsPutIfAbsentWasLost() {
        path.plan(answerLost());
        assertThat(store.putIfAbsent(KEY, bytes("mine"))).isTrue();
        assertThat(path.seen()).containsExactly("PUT", "PUT", "HEAD");
        assertThat(content()).contains("mine");
    }

    @Test
    void hasWrittenWhenTheAnswersToItsPutIfAbsentAndToTheQuestionWhoseItIsWereLost() {
        path.plan(answerLost(), answerLost(), answerLost());
        assertThat(store.putIfAbsent(KEY, bytes("mine"))).isTrue();
    }

    @Test
    void hasNotWrittenWhenAnotherPutTheSameBytesWhileItsRequestWasLost() {
        path.plan(requestLostWhile(() -> others.put(KEY, bytes("same"))));
        assertThat(store.putIfAbsent(KEY, bytes("same"))).isFalse();
    }

    @Test
    void hasReplacedWhenTheAnswerWasLost() {
        ObjectVersion one = put("one");
        path.plan(answerLost());
        Optional<ObjectVersion> two = store.replace(KEY, one, bytes("two"));
        assertThat(two).isPresent().isEqualTo(others.get(KEY).map(StoredObject::version));
        assertThat(content()).contains("two");
    }

    @Test
    void hasNotReplacedWhenAnotherDidWhileItsRequestWasLost() {
        ObjectVersion one = put("one");
        path.plan(requestLostWhile(() -> others.put(KEY, bytes("other"))));
        assertThat(store.replace(KEY, one, bytes("two"))).isEmpty();
        assertThat(content()).contains("other");
    }

    @Test
    void doesNotClaimWhatAnotherPutOverItsOwnWriteWhoseAnswerWasLost() {
        ObjectVersion one = put("one");
        path.plan(answerLostWhile(() -> others.put(KEY, bytes("other"))));
        assertThat(store.replace(KEY, one, bytes("two"))).isEmpty();
    }

    @Test
    void hasWrittenWhenTheAnswerToTheCompletionOfItsPartsWasLost() {
        byte[] large = new byte[S3Uploads.LARGEST_SINGLE_PUT + 1];
        Fault[] create = {FaultyPath.pass(), FaultyPath.pass(), FaultyPath.pass(), FaultyPath.pass()};
        path.plan(create);
        path.plan(answerLost());
        S3ObjectStore patient = S3Stores.at(path.uri(), bucket);
        assertThat(patient.putIfAbsent(KEY, ByteBuffer.wrap(large))).isTrue();
        assertThat(path.seen()).startsWith("POST", "PUT", "PUT", "PUT", "POST", "POST");
        assertThat(others.list(new ObjectKey("m1"))).hasSize(1);
    }

    @Test
    void goesOnAfterRefusalsOfABusyServerAndBrokenConnections() {
        path.plan(UNAVAILABLE, requestLost(), UNAVAILABLE);
        store.put(KEY, bytes("there"));
        assertThat(path.seen()).hasSize(4);
        assertThat(content()).contains("there");
    }

    @Test
    void givesUpOnABusyServerAfterItsTries() {
        path.plan(Collections.nCopies(4, UNAVAILABLE).toArray(Fault[]::new));
        assertThatThrownBy(() -> store.put(KEY, bytes("there")))
                .isInstanceOf(TryAgain.class)
                .hasMessageContaining("cannot write s3://" + bucket.bucket() + "/" + KEY)
                .hasMessageContaining("503 SlowDown")
                .extracting(S3FaultsIT::name)
                .isEqualTo(FailureName.STORE_UNREACHABLE);
        assertThat(path.seen()).hasSize(4);
    }

    @Test
    void triesAgainWhereTheAnswerTakesTooLong() {
        path.plan(path.silence());
        store.put(KEY, bytes("there"));
        assertThat(content()).contains("there");
    }

    @Test
    void givesUpOnASilentServerInBoundedTime() {
        path.plan(Collections.nCopies(4, path.silence()).toArray(Fault[]::new));
        assertThatThrownBy(() -> store.get(KEY)).isInstanceOf(TryAgain.class).hasMessageContaining("cannot read");
    }

    @Test
    void givesUpWhereNobodyListens() {
        path.close();
        assertThatThrownBy(() -> store.list(new ObjectKey("m1")))
                .isInstanceOf(TryAgain.class)
                .hasMessageContaining("cannot list");
    }

    @Test
    void readsAgainWhenTheBodyBrokeOff() {
        byte[] content = new byte[300_000];
        content[299_999] = 7;
        others.put(KEY, ByteBuffer.wrap(content));
        path.plan(answerCut());
        assertThat(store.get(KEY).orElseThrow().content()).isEqualTo(content);
        assertThat(path.seen()).hasSize(2);
    }

    @Test
    void asksAgainAfterAConflictAndThenKnowsWhoWon() {
        path.plan(answer(409, Map.of(), error("ConditionalRequestConflict", "Try again.")));
        assertThat(store.putIfAbsent(KEY, bytes("mine"))).isTrue();
        assertThat(content()).contains("mine");
    }

    @Test
    void listsAllPages() {
        for (int i = 0; i < 5; i++) {
            others.put(new ObjectKey("m1/" + i), bytes("x"));
        }
        path.plan(Collections.nCopies(3, FaultyPath.passWith("max-keys=2")).toArray(Fault[]::new));
        assertThat(store.list(new ObjectKey("m1"))).hasSize(5);
        assertThat(path.seen()).containsExactly("GET", "GET", "GET");
    }

    @Test
    void leavesOutWhatConsolesMakeAsFolders() {
        S3Client s3 = S3Stores.client(path.uri());
        s3.putObject(
                request -> request.bucket(bucket.bucket()).key("m1/"),
                software.amazon.awssdk.core.sync.RequestBody.empty());
        others.put(new ObjectKey("m1/a"), bytes("x"));
        assertThat(store.list(new ObjectKey("m1"))).hasSize(1);
    }

    @Test
    void namesThePermissionThatIsMissing() {
        Fault denied = answer(403, Map.of(), error("AccessDenied", "Access Denied"));
        path.plan(denied, denied, denied);
        isDenied(() -> store.put(KEY, bytes("x")), "allow s3:PutObject on arn:aws:s3:::" + bucket.bucket() + "/*");
        isDenied(
                () -> store.get(KEY), "allow s3:GetObject on arn:aws:s3:::" + bucket.bucket() + "/* and s3:ListBucket");
        isDenied(
                () -> store.list(new ObjectKey("m1")),
                "allow s3:ListBucket on arn:aws:s3:::" + bucket.bucket() + " to");
    }

    @Test
    void namesThePermissionOnTheKeyThatIsMissing() {
        path.plan(answer(
                403,
                Map.of(),
                error(
                        "AccessDenied",
                        "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: kms:GenerateDataKey on"
                                + " resource: arn:aws:kms:eu-west-1:1:key/k")));
        isDenied(() -> store.put(KEY, bytes("x")), "allow kms:GenerateDataKey on the bucket's KMS key");
    }

    @Test
    void asksForNewCredentialsWhenTheyExpired() {
        path.plan(answer(400, Map.of(), error("ExpiredToken", "The provided token has expired.")));
        isDenied(() -> store.put(KEY, bytes("x")), "renew the credentials");
    }

    @Test
    void namesTheRegionThatTheBucketIsIn() {
        path.plan(answer(
                301,
                Map.of("x-amz-bucket-region", List.of("eu-west-3")),
                error("PermanentRedirect", "The bucket must be addressed by another endpoint.")));
        assertThatThrownBy(() -> store.put(KEY, bytes("x")))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("the bucket is in eu-west-3, set AWS_REGION")
                .extracting(S3FaultsIT::name)
                .isEqualTo(FailureName.CONFIGURATION_WRONG);
    }

    @Test
    void asksForCredentialsWhereThereAreNone() {
        S3Client anonymous = S3Clients.configured(S3Client.builder(), Patience.FOR_OBJECTS)
                .endpointOverride(path.uri())
                .region(AwsEndpoint.REGION)
                .credentialsProvider(AwsCredentialsProviderChain.of(ProfileCredentialsProvider.builder()
                        .profileFile(ProfileFile.aggregator().build())
                        .build()))
                .build();
        S3ObjectStore unknown = new S3ObjectStore(anonymous, bucket, () -> "mark");
        isDenied(() -> unknown.put(KEY, bytes("x")), "give this process AWS credentials");
        assertThat(path.seen()).isEmpty();
    }

    @Test
    void encryptsWithTheKeyOfTheSettings() {
        S3ObjectStore encrypted = S3Stores.impatientAt(
                path.uri(), new StoreSettings.Bucket(bucket.bucket(), "", "arn:aws:kms:eu-west-1:1:key/k"));
        List<String> headers = path.see("x-amz-server-side-encryption-aws-kms-key-id");
        encrypted.put(KEY, bytes("x"));
        assertThat(headers).containsExactly("arn:aws:kms:eu-west-1:1:key/k");
    }

    /** Object Lock refuses a request without the algorithm's name. A server on the way answers: S3Proxy has no lock. */
    @Test
    void asksForRetentionInComplianceModeWithTheAlgorithmOfItsSum() {
        List<String> mode = path.see("x-amz-object-lock-mode");
        List<String> until = path.see("x-amz-object-lock-retain-until-date");
        List<String> algorithm = path.see("x-amz-sdk-checksum-algorithm");
        path.plan(answer(200, Map.of("ETag", List.of("\"1\"")), ""));
        assertThat(store.putRetained(KEY, bytes("evidence"), Instant.parse("2033-11-23T00:00:00Z")))
                .isTrue();
        assertThat(mode).containsExactly("COMPLIANCE");
        assertThat(until).containsExactly("2033-11-23T00:00:00Z");
        assertThat(algorithm).containsExactly("CRC32C");
    }

    private static void isDenied(Runnable call, String remedy) {
        assertThatThrownBy(call::run)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining(remedy)
                .extracting(S3FaultsIT::name)
                .isEqualTo(FailureName.ACCESS_DENIED);
    }

    private static FailureName name(Throwable failure) {
        return ((KraftliftFailure) failure).failureName();
    }

    private ObjectVersion put(String text) {
        others.put(KEY, bytes(text));
        return others.get(KEY).orElseThrow().version();
    }

    private Optional<String> content() {
        return others.get(KEY).map(object -> new String(object.content(), UTF_8));
    }

    private static String error(String code, String message) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
                + "</Message><RequestId>R1</RequestId></Error>";
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
