package io.kraftlift.access.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.plan.artifacts.PriceList;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads lists of prices. */
public final class PriceLists {
    private static final String OURS = "prices-us-east-1.json";

    private PriceLists() {}

    /** The list that comes with the program. */
    public static PriceList ours() {
        try (InputStream list = Objects.requireNonNull(PriceLists.class.getResourceAsStream(OURS), OURS)) {
            return Documents.read(list.readAllBytes(), PriceList.class, OURS);
        } catch (IOException e) {
            throw new InvariantBroken(FailureName.DEFECT, OURS + " cannot be read", e);
        }
    }

    /**
     * A list that an operator gives.
     *
     * @param place its name, for the message
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when it is no such list
     */
    public static PriceList read(byte[] json, String place) {
        try {
            return Documents.mapper().readValue(json, PriceList.class);
        } catch (JsonProcessingException e) {
            throw wrong(place, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw wrong(place, String.valueOf(e.getMessage()), e);
        }
    }

    private static OperatorActionNeeded wrong(String place, String why, IOException cause) {
        return new OperatorActionNeeded(
                FailureName.CONFIGURATION_WRONG,
                place + ": must be a price list, but: " + why + "; docs/plan.md shows one",
                cause);
    }
}
