package io.kraftlift.testkit.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in: the client's only message is a signed request, the server's only one names a request id (README of
 * aws-msk-iam-auth, "Details"). Like MSK, it says no more than that access is denied; why stands in the broker's log.
 */
final class IamServer implements SaslServer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AccessKeys keys;
    private @Nullable String accessKey;

    IamServer(AccessKeys keys) {
        this.keys = keys;
    }

    @Override
    public byte[] evaluateResponse(byte[] response) throws SaslException {
        String request = UUID.randomUUID().toString();
        SignedRequest signed = new SignedRequest(fields(response));
        try {
            signed.verify(keys, Instant.now());
        } catch (IllegalArgumentException e) {
            System.err.println("AWS_MSK_IAM refused " + request + ": " + e.getMessage());
            throw new SaslAuthenticationException("[" + request + "]: Access denied", e);
        }
        accessKey = signed.accessKey();
        System.err.println("AWS_MSK_IAM accepted " + request + ": " + accessKey);
        return answer(request);
    }

    private static Map<String, String> fields(byte[] response) throws SaslException {
        try {
            return JSON.readValue(response, new TypeReference<>() {});
        } catch (IOException e) {
            throw new SaslException("AWS_MSK_IAM: the client's message is no JSON object of texts", e);
        }
    }

    private static byte[] answer(String request) throws SaslException {
        try {
            return JSON.writeValueAsString(Map.of("version", SignedRequest.VERSION, "request-id", request))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new SaslException("AWS_MSK_IAM: no answer", e);
        }
    }

    @Override
    public String getMechanismName() {
        return IamProvider.MECHANISM;
    }

    @Override
    public boolean isComplete() {
        return accessKey != null;
    }

    @Override
    public String getAuthorizationID() {
        if (accessKey == null) {
            throw new IllegalStateException("AWS_MSK_IAM: nobody has signed in");
        }
        return accessKey;
    }

    @Override
    public @Nullable Object getNegotiatedProperty(String name) {
        return null;
    }

    @Override
    public byte[] unwrap(byte[] incoming, int offset, int length) {
        throw new IllegalStateException("AWS_MSK_IAM: TLS protects the connection, not SASL");
    }

    @Override
    public byte[] wrap(byte[] outgoing, int offset, int length) {
        throw new IllegalStateException("AWS_MSK_IAM: TLS protects the connection, not SASL");
    }

    @Override
    public void dispose() {
        // There is nothing to give back.
    }
}
