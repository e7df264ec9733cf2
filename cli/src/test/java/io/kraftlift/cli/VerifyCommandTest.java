package io.kraftlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.signing.EvidenceSealer;
import io.kraftlift.access.signing.SigningKey;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    private final SigningKey key = SigningKey.generate(RANDOM);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void sealEvidence() throws IOException {
        ObjectNode account = Documents.mapper().createObjectNode().put("migration_id", "orders");
        account.putObject("validation").put("overall", "PASSED");
        Files.write(folder.resolve("evidence.json"), EvidenceSealer.seal(account, key));
    }

    @Test
    void checksTheHistoriesBesideTheEvidence() throws IOException {
        history("night-1", "orders", key);
        history("night-1-redrive-1", "orders", key);
        Files.writeString(folder.resolve("notes.json"), "mine");

        assertThat(verify("evidence.json", "--key-id", key.keyId().hex())).isZero();
        assertThat(out.toString().lines())
                .hasSize(5 + 6 + 6)
                .contains(
                        "  validation  PASSED",
                        "genuine: " + folder.resolve("history-night-1-redrive-1.json"),
                        "  execution   arn:execution:night-1-redrive-1",
                        "  ended       SUCCEEDED, 1 events");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void checksAHistoryAlone() throws IOException {
        history("night-1", "orders", key);

        assertThat(verify("history-night-1.json")).isZero();
        assertThat(out.toString())
                .contains("  execution   arn:execution:night-1\n")
                .contains("any key was accepted");
    }

    @Test
    void refusesAHistoryThatWasChangedOrIsOfAnotherMigration() throws IOException {
        history("night-1", "payments", key);
        assertThat(verify("evidence.json")).isEqualTo(7);

        byte[] changed = EvidenceSealer.seal(bundle("night-1", "orders"), key);
        changed[changed.length / 2] ^= 1;
        Files.write(folder.resolve("history-night-1.json"), changed);
        assertThat(verify("evidence.json")).isEqualTo(7);

        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch(
                        line -> line.startsWith("kraftlift: " + folder.resolve("history-night-1.json") + ": refused: "))
                .anyMatch(line -> line.endsWith("it is of the migration payments, and the evidence of orders"));
    }

    @Test
    void warnsOfAHistoryThatAnotherKeySigned() throws IOException {
        history("night-1", "orders", SigningKey.generate(RANDOM));

        assertThat(verify("evidence.json")).isEqualTo(9);
        assertThat(out.toString()).contains("(ANOTHER KEY than the evidence's)");
        assertThat(verify("evidence.json", "--key-id", key.keyId().hex())).isEqualTo(7);
    }

    @Test
    void writesEverythingAsOneObject() throws IOException {
        history("night-1", "orders", key);
        history("night-2", "payments", key);

        assertThat(verify("evidence.json", "--json")).isEqualTo(7);
        JsonNode written = Documents.mapper().readTree(out.toString());
        assertThat(written.path("genuine").asBoolean()).isTrue();
        assertThat(written.path("key_id").asText()).isEqualTo(key.keyId().hex());
        assertThat(written.at("/histories/0/execution").asText()).isEqualTo("arn:execution:night-1");
        assertThat(written.at("/histories/0/file").asText()).isEqualTo("history-night-1.json");
        assertThat(written.at("/histories/1/genuine").asBoolean(true)).isFalse();
        assertThat(err.toString()).isEmpty();
    }

    private void history(String execution, String migration, SigningKey signer) throws IOException {
        Files.write(
                folder.resolve("history-" + execution + ".json"),
                EvidenceSealer.seal(bundle(execution, migration), signer));
    }

    private static ObjectNode bundle(String execution, String migration) {
        ObjectNode history = Documents.mapper()
                .createObjectNode()
                .put("migration_id", migration)
                .put("execution", "arn:execution:" + execution)
                .put("status", "SUCCEEDED");
        history.putArray("events").addObject().put("type", "ExecutionStarted");
        return history;
    }

    private int verify(String file, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "verify";
        arguments[1] = folder.resolve(file).toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        Terminal terminal = ScriptedTerminal.unattended(out, err);
        Surroundings surroundings = new Surroundings(Map.of(), Clock.systemUTC(), duration -> {}, RANDOM);
        return Main.commandLine(terminal, surroundings, endpoint -> {
                    throw new AssertionError("nothing is asked");
                })
                .execute(arguments);
    }
}
