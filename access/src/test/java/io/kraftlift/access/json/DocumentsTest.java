package io.kraftlift.access.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.migration.Phase;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
    private static final JournalEntry FIRST =
            new JournalEntry(0, Instant.parse("2026-01-02T03:04:05Z"), null, Phase.SEED, "seed", Map.of());

    @Test
    void leavesOutWhatIsNullAndReadsItBackAsNull() {
        assertThat(Documents.writeText(FIRST)).doesNotContain("from");
        assertThat(Documents.read(Documents.write(FIRST), JournalEntry.class, "entry"))
                .isEqualTo(FIRST);
    }

    @Test
    void refusesADocumentThatLacksAMemberWhichMayNotBeNull() {
        byte[] withoutTo = "{\"at\":\"2026-01-02T03:04:05Z\",\"facts\":{},\"number\":0,\"what\":\"x\"}".getBytes(UTF_8);

        assertThatThrownBy(() -> Documents.read(withoutTo, JournalEntry.class, "entry"))
                .isInstanceOf(InvariantBroken.class)
                .hasMessageContaining("entry")
                .hasMessageContaining("'to'");
    }

    @Test
    void refusesADocumentThatLacksANumber() {
        byte[] withoutNumber =
                "{\"at\":\"2026-01-02T03:04:05Z\",\"facts\":{},\"to\":\"seed\",\"what\":\"x\"}".getBytes(UTF_8);

        assertThatThrownBy(() -> Documents.read(withoutNumber, JournalEntry.class, "entry"))
                .isInstanceOf(InvariantBroken.class)
                .hasMessageContaining("number");
    }
}
