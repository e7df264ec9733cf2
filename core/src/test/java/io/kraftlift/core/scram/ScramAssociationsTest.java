package io.kraftlift.core.scram;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskArn;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScramAssociationsTest {
    private static final MskArn OLD =
            MskArn.of("arn:aws:kafka:eu-central-1:111122223333:cluster/old/11111111-2222-3333-4444-555555555555-1");
    private static final MskArn NEW =
            MskArn.of("arn:aws:kafka:eu-central-1:111122223333:cluster/new/21111111-2222-3333-4444-555555555555-2");
    private static final MskArn ELSEWHERE =
            MskArn.of("arn:aws:kafka:eu-west-1:999988887777:cluster/new/31111111-2222-3333-4444-555555555555-3");

    @Test
    void associatesTheSourcesSecretsThatTheTargetLacks() {
        ScramAssociations moved = ScramAssociations.between(
                secrets(OLD, secret("a"), secret("b"), secret("c")), secrets(NEW, secret("b"), secret("other")));

        assertThat(moved.associate()).containsExactly(List.of(secret("a"), secret("c")));
        assertThat(moved.associated()).containsExactly(secret("b"));
        assertThat(moved.toMake()).isEmpty();
        assertThat(moved.remarks()).isEmpty();
    }

    @Test
    void putsAtMostTenSecretsIntoACall() {
        String[] many =
                IntStream.range(10, 33).mapToObj(number -> secret("u" + number)).toArray(String[]::new);

        ScramAssociations moved = ScramAssociations.between(secrets(OLD, many), secrets(NEW));

        assertThat(moved.associate()).extracting(List::size).containsExactly(10, 10, 3);
        assertThat(moved.associate()).flatMap(batch -> batch).containsExactly(many);
    }

    @Test
    void saysThatSecretsOfAnotherAccountOrRegionMustBeMadeAnew() {
        ScramAssociations moved = ScramAssociations.between(secrets(OLD, secret("a")), secrets(ELSEWHERE));

        assertThat(moved.associate()).isEmpty();
        assertThat(moved.toMake()).singleElement().satisfies(user -> {
            assertThat(user.name()).isEqualTo("AmazonMSK_a");
            assertThat(user.how()).contains("in account 999988887777, eu-west-1");
        });
    }

    @Test
    void saysWhichSecretsToMakeForUsersThatKafkaKeepsItself() {
        ScramAssociations moved = ScramAssociations.between(
                users(new ScramUser("bob", List.of("SCRAM-SHA-256")), new ScramUser("ann", List.of("SCRAM-SHA-512"))),
                secrets(NEW));

        assertThat(moved.toMake()).extracting(UserToMake::name).containsExactly("ann", "bob");
        assertThat(moved.toMake().get(0).how())
                .startsWith("make the secret AmazonMSK_ann with")
                .doesNotContain("sasl.mechanism");
        assertThat(moved.toMake().get(1).how())
                .endsWith("the source knows it by SCRAM-SHA-256 only and MSK takes SCRAM-SHA-512, so its clients change"
                        + " sasl.mechanism");
        assertThat(ScramAssociations.between(
                                users(new ScramUser("ann", List.of("SCRAM-SHA-512"))), secrets(NEW, secret("ann")))
                        .toMake())
                .isEmpty();
    }

    @Test
    void saysWhichUsersAPlainTargetLacks() {
        ScramSide source = users(
                new ScramUser("ann", List.of("SCRAM-SHA-256", "SCRAM-SHA-512")),
                new ScramUser("bob", List.of("SCRAM-SHA-512")));
        ScramSide target =
                users(new ScramUser("ann", List.of("SCRAM-SHA-512")), new ScramUser("bob", List.of("SCRAM-SHA-512")));

        assertThat(ScramAssociations.between(source, target).toMake())
                .singleElement()
                .satisfies(user -> {
                    assertThat(user.name()).isEqualTo("ann");
                    assertThat(user.how()).startsWith("add its credentials for SCRAM-SHA-256 on the target");
                });
        assertThat(ScramAssociations.between(secrets(OLD, secret("cy")), target).toMake())
                .extracting(UserToMake::name)
                .containsExactly("AmazonMSK_cy");
    }

    @Test
    void saysWhatCouldNotBeReadAndDoesNotTakeItForNone() {
        ScramAssociations moved = ScramAssociations.between(
                secrets(OLD, secret("a")), new ScramSide.Secrets(NEW, Reading.unreadable("denied")));

        assertThat(moved.associate()).containsExactly(List.of(secret("a")));
        assertThat(moved.remarks()).containsExactly("the target's SCRAM secrets could not be read: denied");
        assertThat(ScramAssociations.between(new ScramSide.Users(Reading.unreadable("late")), users())
                        .remarks())
                .containsExactly("the source's SCRAM users could not be read: late");
    }

    private static ScramSide secrets(MskArn cluster, String... secrets) {
        return new ScramSide.Secrets(cluster, Reading.known(List.of(secrets)));
    }

    private static ScramSide users(ScramUser... users) {
        return new ScramSide.Users(Reading.known(List.of(users)));
    }

    private static String secret(String user) {
        return "arn:aws:secretsmanager:eu-central-1:111122223333:secret:AmazonMSK_" + user + "-a1B2c3";
    }
}
