package io.kraftlift.testkit.stores;

import io.kraftlift.core.stores.ObjectStore;

class LockingStoreTest extends ObjectStoreContract {
    @Override
    protected ObjectStore newStore() {
        return new LockingStore(null);
    }

    @Override
    protected ObjectStore reopen(ObjectStore store) {
        return store;
    }
}
