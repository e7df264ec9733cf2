package io.kraftlift.core.topology;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.topics.TopicName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One change of the target. Taking it twice is the same as taking it once. The text of a step is for people. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TopologyStep.CreateTopic.class, name = "create_topic"),
    @JsonSubTypes.Type(value = TopologyStep.GrowTopic.class, name = "grow_topic"),
    @JsonSubTypes.Type(value = TopologyStep.AlterTopic.class, name = "alter_topic"),
    @JsonSubTypes.Type(value = TopologyStep.CreateAcl.class, name = "create_acl"),
    @JsonSubTypes.Type(value = TopologyStep.DeleteAcl.class, name = "delete_acl"),
    @JsonSubTypes.Type(value = TopologyStep.SetQuota.class, name = "set_quota")
})
public sealed interface TopologyStep {
    /**
     * Creates a topic.
     *
     * @param configs the topic's own settings while copying
     */
    record CreateTopic(TopicName topic, int partitions, int replicationFactor, Map<String, String> configs)
            implements TopologyStep {
        public CreateTopic {
            configs = Collections.unmodifiableMap(new TreeMap<>(configs));
        }

        @Override
        public void accept(Cases cases) {
            cases.createTopic(this);
        }

        @Override
        public String toString() {
            return "create topic " + topic + " with " + partitions + " partitions x " + replicationFactor + " and "
                    + configs;
        }
    }

    /**
     * Changes a topic's own settings.
     *
     * @param set values by key
     * @param removed keys that the topic has of its own and loses
     */
    record AlterTopic(TopicName topic, Map<String, String> set, List<String> removed) implements TopologyStep {
        public AlterTopic {
            set = Collections.unmodifiableMap(new TreeMap<>(set));
            removed = List.copyOf(removed);
        }

        @Override
        public void accept(Cases cases) {
            cases.alterTopic(this);
        }

        @Override
        public String toString() {
            return "alter topic " + topic + ": set " + set + ", remove " + removed;
        }
    }

    /**
     * Gives a topic more partitions.
     *
     * @param partitions how many it then has
     */
    record GrowTopic(TopicName topic, int partitions) implements TopologyStep {
        @Override
        public void accept(Cases cases) {
            cases.growTopic(this);
        }

        @Override
        public String toString() {
            return "grow topic " + topic + " to " + partitions + " partitions";
        }
    }

    record CreateAcl(AclRule rule) implements TopologyStep {
        @Override
        public void accept(Cases cases) {
            cases.createAcl(this);
        }

        @Override
        public String toString() {
            return "create ACL: " + rule;
        }
    }

    record DeleteAcl(AclRule rule) implements TopologyStep {
        @Override
        public void accept(Cases cases) {
            cases.deleteAcl(this);
        }

        @Override
        public String toString() {
            return "delete ACL: " + rule;
        }
    }

    /** Sets an entity's limits; limits that are not named stay. */
    record SetQuota(QuotaRule quota) implements TopologyStep {
        @Override
        public void accept(Cases cases) {
            cases.setQuota(this);
        }

        @Override
        public String toString() {
            return "set quota of " + quota.entity() + ": " + quota.limits();
        }
    }

    /** What is done about each kind of step. */
    interface Cases {
        void createTopic(CreateTopic step);

        void growTopic(GrowTopic step);

        void alterTopic(AlterTopic step);

        void createAcl(CreateAcl step);

        void deleteAcl(DeleteAcl step);

        void setQuota(SetQuota step);
    }

    void accept(Cases cases);
}
