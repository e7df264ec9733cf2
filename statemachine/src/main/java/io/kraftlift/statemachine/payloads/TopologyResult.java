package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.ObjectReference;

/** What was brought into being on the target. */
public record TopologyResult(ObjectReference report, int topicsCreated, int aclsCreated, int quotasSet) {}
