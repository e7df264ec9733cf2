package io.kraftlift.benchmarks.measuring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process of this machine has used so far, as Linux tells it ({@code man 5 proc}).
 *
 * @param cpuSeconds in user and kernel mode, of all its threads
 * @param peakResidentBytes the most memory that it ever held
 */
public record ProcessUse(double cpuSeconds, long peakResidentBytes) {
    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;

    /**
     * Reads it.
     *
     * @throws IOException when there is no such process any more
     */
    public static ProcessUse of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(folder.resolve("stat"));
        // The second field is the program's name in brackets, which may hold blanks; user time is field 14.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        long ticks = Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(USER_TIME + 1));
        return new ProcessUse(ticks / TICKS_PER_SECOND, peak(folder));
    }

    private static long peak(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    /** The same, with the higher of both peaks: a process that is ending tells none. */
    ProcessUse withPeakOf(ProcessUse earlier) {
        return new ProcessUse(cpuSeconds, Math.max(peakResidentBytes, earlier.peakResidentBytes));
    }

    /** CPU-seconds of every process of the machine since it booted. */
    public static double machineCpuSeconds() throws IOException {
        List<String> fields =
                List.of(Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +"));
        // user, nice, system; then idle and iowait, which are no work; irq and softirq.
        double ticks = 0;
        for (int field : new int[] {1, 2, 3, 6, 7}) {
            ticks += Double.parseDouble(fields.get(field));
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** The machine's load average over the last minute. */
    public static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).replaceFirst(" .*\\s*", ""));
    }
}
