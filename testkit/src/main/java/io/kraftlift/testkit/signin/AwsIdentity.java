package io.kraftlift.testkit.signin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The AWS credentials of this process, as system properties that come first in the AWS SDK's default chain, until it is
 * closed. There is one at a time.
 */
public final class AwsIdentity implements AutoCloseable {
    private static final String REGION = "eu-central-1";

    private final String accessKey;
    private final String secret;
    private final @Nullable String token;
    private final Map<String, @Nullable String> before = new LinkedHashMap<>();

    private AwsIdentity(String accessKey, String secret, @Nullable String token) {
        this.accessKey = accessKey;
        this.secret = secret;
        this.token = token;
    }

    /** A user with a key of its own. */
    static AwsIdentity user() {
        return new AwsIdentity(id("AKIA"), id("secret/+"), null);
    }

    /** A role's session. */
    static AwsIdentity session() {
        return new AwsIdentity(id("ASIA"), id("secret/+"), id("token/+="));
    }

    private static String id(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    String accessKey() {
        return accessKey;
    }

    String secret() {
        return secret;
    }

    @Nullable
    String token() {
        return token;
    }

    /** Somebody who uses the same access key and does not know its secret. */
    public AwsIdentity withWrongSecret() {
        return new AwsIdentity(accessKey, id("guess"), token);
    }

    /** Makes this the identity of the process. */
    public AwsIdentity assume() {
        set("aws.accessKeyId", accessKey);
        set("aws.secretAccessKey", secret);
        set("aws.sessionToken", token);
        set("aws.region", REGION);
        return this;
    }

    private void set(String property, @Nullable String value) {
        before.put(property, System.getProperty(property));
        replace(property, value);
    }

    private static void replace(String property, @Nullable String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    /** Makes the identity that was before the process's again. */
    @Override
    public void close() {
        before.forEach(AwsIdentity::replace);
        before.clear();
    }
}
