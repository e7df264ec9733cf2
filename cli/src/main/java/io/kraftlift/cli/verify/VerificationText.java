package io.kraftlift.cli.verify;

import io.kraftlift.core.evidence.VerificationResult.Genuine;
import io.kraftlift.core.evidence.VerificationResult.GenuineHistory;
import io.kraftlift.core.evidence.VerificationResult.Refused;
import io.kraftlift.core.stores.Sha256;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was checked, as text and as the members of a JSON object. */
final class VerificationText {
    private VerificationText() {}

    static List<String> of(Path file, Genuine genuine, String aboutTheKey) {
        return List.of(
                "genuine: " + file,
                "  migration   " + genuine.migration(),
                "  validation  " + genuine.validation(),
                "  bundle      sha256:" + genuine.bundleSha256(),
                "  signed by   " + genuine.keyId() + aboutTheKey);
    }

    static List<String> of(Path file, GenuineHistory history, String aboutTheKey) {
        return List.of(
                "genuine: " + file,
                "  migration   " + history.migration(),
                "  execution   " + history.execution(),
                "  ended       " + history.status() + ", " + history.events() + " events",
                "  bundle      sha256:" + history.bundleSha256(),
                "  signed by   " + history.keyId() + aboutTheKey);
    }

    static Map<String, Object> members(Genuine genuine) {
        return members(
                genuine.keyId(), genuine.migration(), genuine.bundleSha256(), "validation", genuine.validation());
    }

    static Map<String, Object> members(GenuineHistory history) {
        Map<String, Object> members =
                members(history.keyId(), history.migration(), history.bundleSha256(), "execution", history.execution());
        members.put("status", history.status());
        members.put("events", history.events());
        return members;
    }

    private static Map<String, Object> members(
            Sha256 keyId, String migration, Sha256 bundle, String further, String value) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("genuine", true);
        members.put("key_id", keyId);
        members.put("migration", migration);
        members.put("bundle_sha256", bundle);
        members.put(further, value);
        return members;
    }

    static Map<String, Object> members(Refused refused) {
        return new LinkedHashMap<>(Map.of("genuine", false, "reason", refused.reason()));
    }
}
