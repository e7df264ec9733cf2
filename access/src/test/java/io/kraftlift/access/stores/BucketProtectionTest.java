package io.kraftlift.access.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.aws.HttpStub;
import io.kraftlift.access.aws.HttpStub.Answer;
import io.kraftlift.access.aws.HttpStub.Request;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a bucket tells of its protection, against a server on loopback that answers in S3's shapes. */
class BucketProtectionTest {
    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";

    private final Map<String, Answer> answers = new HashMap<>();
    private final HttpStub stub = new HttpStub(this::answer);
    private final S3ObjectStore store =
            S3Stores.impatientAt(stub.uri(), new StoreSettings.Bucket("evidence", "m/", KEY));

    private Answer answer(Request request) {
        return answers.getOrDefault(request.method() + " " + request.path(), Answer.ok(""));
    }

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void tellsABucketWithObjectLock() {
        answers.put(
                "GET /evidence?object-lock",
                Answer.ok("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ObjectLockConfiguration"
                        + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><ObjectLockEnabled>Enabled"
                        + "</ObjectLockEnabled></ObjectLockConfiguration>"));
        assertThat(store.hasObjectLock()).isTrue();
    }

    @Test
    void tellsABucketWithoutObjectLock() {
        answers.put(
                "GET /evidence?object-lock",
                error(
                        404,
                        "ObjectLockConfigurationNotFoundError",
                        "Object Lock configuration does not exist for this bucket"));
        assertThat(store.hasObjectLock()).isFalse();
    }

    @Test
    void namesThePermissionThatIsMissing() {
        answers.put("GET /evidence?object-lock", error(403, "AccessDenied", "Access Denied"));
        assertThatThrownBy(store::hasObjectLock)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining(
                        "allow s3:GetBucketObjectLockConfiguration on arn:aws:s3:::evidence to this role");
    }

    @Test
    void tellsTheKeyThatAnObjectIsEncryptedWith() {
        answers.put(
                "HEAD /evidence/m/a.json",
                Answer.ok("")
                        .withHeader("x-amz-server-side-encryption", "aws:kms")
                        .withHeader("x-amz-server-side-encryption-aws-kms-key-id", KEY));
        assertThat(store.keyOf(new ObjectKey("a.json"))).isEqualTo(KEY);
        assertThat(store.keyOf(new ObjectKey("b.json"))).isEmpty();
    }

    private static Answer error(int status, String code, String message) {
        return new Answer(
                status,
                "",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message><RequestId>R1</RequestId></Error>");
    }
}
