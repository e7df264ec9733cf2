package io.kraftlift.testkit.iam;

import io.kraftlift.testkit.iam.AccessKeys.AccessKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a client of AWS_MSK_IAM sends, a presigned GET request (AWS page "Signature Version 4 signing process"). */
final class SignedRequest {
    static final String VERSION = "2020_10_22";

    private static final String ACTION = "kafka-cluster:Connect";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    /** In the message in small letters, in the signed request as here. */
    private static final List<String> SIGNED = List.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-Security-Token",
            "X-Amz-SignedHeaders");

    private final Map<String, String> fields;

    SignedRequest(Map<String, String> fields) {
        this.fields = Map.copyOf(fields);
    }

    String accessKey() {
        return credential()[0];
    }

    /** @throws IllegalArgumentException when the request is not one that a known key signed for now */
    void verify(AccessKeys keys, Instant now) {
        require(field("version").equals(VERSION), "version " + field("version"));
        require(field("action").equals(ACTION), "action " + field("action"));
        require(field("x-amz-algorithm").equals(ALGORITHM), "algorithm " + field("x-amz-algorithm"));
        AccessKey key = keys.find(accessKey())
                .orElseThrow(() -> new IllegalArgumentException("unknown access key " + accessKey()));
        require(key.token() == null || key.token().equals(fields.get("x-amz-security-token")), "session token");
        require(!key.ended(now), "session of " + accessKey() + " ended at " + key.ends());
        Instant signedAt = LocalDateTime.parse(field("x-amz-date"), TIME).toInstant(ZoneOffset.UTC);
        long seconds = Long.parseLong(field("x-amz-expires"));
        require(now.isBefore(signedAt.plusSeconds(seconds)), "request of " + signedAt + " for " + seconds + " s");
        require(field("x-amz-signature").equals(signature(key.secret())), "signature of " + accessKey());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("not accepted: " + what);
        }
    }

    private String field(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the client's message must have " + name + ", has " + fields.keySet());
        }
        return value;
    }

    /** Access key, date, region, service, {@code aws4_request}. */
    private String[] credential() {
        String[] parts = field("x-amz-credential").split("/", -1);
        require(parts.length == 5, "credential of " + parts.length + " parts");
        return parts;
    }

    private String signature(String secret) {
        String[] credential = credential();
        String scope = String.join("/", List.of(credential).subList(1, credential.length));
        String toSign =
                String.join("\n", ALGORITHM, field("x-amz-date"), scope, hex(sha256(bytes(canonicalRequest()))));
        byte[] key = bytes("AWS4" + secret);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return hex(hmac(key, toSign));
    }

    private String canonicalRequest() {
        Map<String, String> query = new TreeMap<>(Map.of("Action", field("action")));
        for (String name : SIGNED) {
            String value = fields.get(name.toLowerCase(Locale.ROOT));
            if (value != null) {
                query.put(name, value);
            }
        }
        String encoded = query.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return String.join("\n", "GET", "/", encoded, "host:" + field("host"), "", "host", hex(sha256(new byte[0])));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
