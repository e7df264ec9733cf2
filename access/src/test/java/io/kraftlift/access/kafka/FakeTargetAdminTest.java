package io.kraftlift.access.kafka;

import io.kraftlift.core.inventory.AclRule;
import java.util.Map;
import java.util.Set;

class FakeTargetAdminTest extends TargetAdminContract {
    private final FakeTargetAdmin fake = new FakeTargetAdmin();

    @Override
    TargetAdmin admin() {
        return fake;
    }

    @Override
    Set<AclRule> acls() {
        return fake.acls();
    }

    @Override
    Map<Map<String, String>, Map<String, Double>> quotas() {
        return fake.quotas();
    }
}
