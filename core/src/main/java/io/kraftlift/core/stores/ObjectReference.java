package io.kraftlift.core.stores;

import java.net.URI;

/** An object anywhere, with the digest of the content that is meant. Small enough to pass between states. */
public record ObjectReference(URI uri, Sha256 sha256) {}
