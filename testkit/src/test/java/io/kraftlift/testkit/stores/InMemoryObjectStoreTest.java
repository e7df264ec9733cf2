package io.kraftlift.testkit.stores;

import io.kraftlift.core.stores.ObjectStore;

class InMemoryObjectStoreTest extends ObjectStoreContract {
    @Override
    protected ObjectStore newStore() {
        return new InMemoryObjectStore();
    }

    @Override
    protected ObjectStore reopen(ObjectStore store) {
        return store;
    }
}
