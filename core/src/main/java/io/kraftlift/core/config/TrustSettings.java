package io.kraftlift.core.config;

/**
 * The certificates to believe in instead of the platform's.
 *
 * @param truststore path of a JKS or PKCS12 file
 */
public record TrustSettings(String truststore, Secret password) {}
