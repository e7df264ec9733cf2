package io.kraftlift.access.signing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.kraftlift.access.json.Documents;
import io.kraftlift.core.evidence.SignedEvidence;
import java.io.IOException;

/** Takes a file of evidence apart, however long its bundle is. Believes everything: that is the verifier's to judge. */
public final class EvidenceFile {
    /** The bundle is one long text: the parser's limit of 20 million characters would refuse large migrations. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private EvidenceFile() {}

    public static SignedEvidence parse(byte[] file) throws IOException {
        return parse(file, SignedEvidence.class);
    }

    static <T> T parse(byte[] json, Class<T> type) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return Documents.mapper().readValue(parser, type);
        }
    }
}
