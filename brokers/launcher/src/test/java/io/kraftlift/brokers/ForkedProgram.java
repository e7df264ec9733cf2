package io.kraftlift.brokers;

import io.kraftlift.brokers.guest.GuestMain;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the forked processes of the tests run. */
public final class ForkedProgram {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private ForkedProgram() {}

    /** The first argument says what to do. */
    public static void main(String[] arguments) throws Exception {
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        switch (arguments[0]) {
            case "wait" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("in order")));
                stay();
            }
            case "refuse" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(ForkedProgram::hang));
                stay();
            }
            case "count" -> count();
            case "fork" -> {
                System.out.println("child " + child(rest.get(0), "wait"));
                NEVER.await();
            }
            case "fork-refusing" -> {
                System.out.println("child " + child(rest.get(0), "refuse"));
                NEVER.await();
            }
            case "fork-and-exit" -> System.out.println("child " + child(rest.get(0), "wait"));
            case "cluster" -> cluster(Path.of(rest.get(0)));
            default -> talk(rest);
        }
    }

    private static void talk(List<String> rest) {
        System.out.println(rest);
        System.out.println(System.getProperty("talk.option"));
        System.out.println(System.getenv("TALK_VARIABLE"));
        System.out.println(Path.of("").toAbsolutePath());
        System.exit(7);
    }

    private static void stay() throws InterruptedException {
        System.out.println("waiting");
        NEVER.await();
    }

    private static void hang() {
        try {
            NEVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void count() throws InterruptedException {
        for (int number = 1; !NEVER.await(20, TimeUnit.MILLISECONDS); number++) {
            System.out.println(number);
        }
    }

    private static long child(String directory, String what) {
        return ForkedJvm.named("child")
                .mainClass(ForkedProgram.class.getName())
                .classPath(System.getProperty("java.class.path"))
                .jvmOptions(List.of("-XX:+UseSerialGC", "-Xmx64m", "-D" + GuestMain.GRACE_PROPERTY + "=1000"))
                .arguments(what)
                .logFile(Path.of(directory, "child.log"))
                .start()
                .pid();
    }

    private static void cluster(Path directory) throws InterruptedException {
        var cluster = (ZooKeeperModeCluster) ZooKeeperModeCluster.start(ClusterSettings.in(directory));
        System.out.println("cluster " + cluster.zooKeeperPid() + " "
                + cluster.brokers().get(0).pid());
        NEVER.await();
    }
}
