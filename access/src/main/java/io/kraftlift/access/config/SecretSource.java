package io.kraftlift.access.config;

/** Where {@code ${secret:arn#key}} references are looked up. */
@FunctionalInterface
public interface SecretSource {
    /** For places that cannot look up secrets: every reference is refused with the reason. */
    SecretSource NONE = (arn, key) -> {
        throw new SecretUnavailable(
                "secrets are not looked up here", "use a reference to an environment variable, ${NAME}");
    };

    /**
     * For who only looks at a run and needs no password: nothing is looked up, and every reference has the same value, which
     * is no secret. It has the form of an address, since that of the freeze webhook may be referred to as well.
     */
    SecretSource UNREAD = (arn, key) -> "https://unread.invalid/";

    /**
     * The value of one key of a secret.
     *
     * @param arn the secret's ARN in Secrets Manager
     * @param key the member of the secret's JSON document
     * @throws SecretUnavailable when there is no such value or it may not be read
     * @throws io.kraftlift.core.failures.TryAgain when the source does not answer
     */
    String secret(String arn, String key) throws SecretUnavailable;
}
