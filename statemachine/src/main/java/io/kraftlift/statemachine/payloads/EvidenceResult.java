package io.kraftlift.statemachine.payloads;

import java.net.URI;

/** Where the signed evidence lies, and who signed it. */
public record EvidenceResult(URI evidence, URI report, String keyId, String outcome) {}
