package io.kraftlift.access.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.InvariantBroken;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    record Letter(String to, @Nullable String from) {}

    @Test
    void readsBackARecordWhoseNullableMemberIsNull() {
        Letter anonymous = new Letter("you", null);

        assertThat(Documents.read(Documents.write(anonymous), Letter.class, "letter"))
                .isEqualTo(anonymous);
    }

    @Test
    void leavesNullMembersOut() {
        assertThat(Documents.writeText(new Letter("you", null))).isEqualTo("{\"to\":\"you\"}");
    }

    @Test
    void refusesADocumentWithoutAMemberThatIsNotNullable() {
        byte[] json = "{\"from\":\"me\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Documents.read(json, Letter.class, "letter"))
                .isInstanceOf(InvariantBroken.class)
                .hasMessageStartingWith("OBJECT_DAMAGED: letter: ")
                .hasMessageContaining("'to'");
    }
}
