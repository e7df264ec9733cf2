package io.kraftlift.benchmarks.measuring;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps reading what processes use, so that the last value is known after they have ended. Safe for several threads. */
public final class UseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UseWatch.class);
    private static final long PERIOD_MILLIS = 20;

    private final List<Long> pids;
    private final Map<Long, ProcessUse> last = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::watch, "use-watch");
    private volatile boolean closed;

    public UseWatch(List<Long> pids) {
        this.pids = List.copyOf(pids);
        look();
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closed) {
            look();
            try {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        pids.forEach(this::look);
    }

    /** Of a process that has ended, or is ending, what was read last stays. */
    private void look(long pid) {
        try {
            last.merge(pid, ProcessUse.of(pid), (before, now) -> now.withPeakOf(before));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            LOG.trace("process {} cannot be read", pid, e);
        }
    }

    /** What the processes have used in all; peaks are added up. */
    public ProcessUse now() {
        double cpu = 0;
        long peak = 0;
        for (ProcessUse use : last.values()) {
            cpu += use.cpuSeconds();
            peak += use.peakResidentBytes();
        }
        return new ProcessUse(cpu, peak);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
