package io.kraftlift.benchmarks.measuring;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The medians of several rounds, by copier, and how the first named copier compares with the others. */
public final class Summary {
    private final List<Measurement> all;
    private final double gigabytes;

    /**
     * Of some measurements.
     *
     * @param logicalBytes of the data set
     */
    public Summary(List<Measurement> all, long logicalBytes) {
        this.all = List.copyOf(all);
        this.gigabytes = logicalBytes / 1e9;
    }

    /**
     * How many times the mover outdoes a copier.
     *
     * @param throughput the mover's by the other's: more is better
     * @param cpu the mover's CPU-seconds by the other's: less is better
     * @param copyingCpu the same without the start of the processes
     */
    public record Ratio(double throughput, double cpu, double copyingCpu) {}

    /** The mover against every other copier, by name. */
    public Map<String, Ratio> ratios(String mover) {
        Map<String, Ratio> ratios = new TreeMap<>();
        for (String copier : copiers()) {
            if (!copier.equals(mover) && copiers().contains(mover)) {
                ratios.put(
                        copier,
                        new Ratio(
                                median(mover, Measurement::logicalMegabytesPerSecond)
                                        / median(copier, Measurement::logicalMegabytesPerSecond),
                                median(mover, Measurement::copierCpuSeconds)
                                        / median(copier, Measurement::copierCpuSeconds),
                                median(mover, Measurement::copyingCpuSeconds)
                                        / median(copier, Measurement::copyingCpuSeconds)));
            }
        }
        return ratios;
    }

    /** A table in Markdown. */
    public String table() {
        StringBuilder table = new StringBuilder(
                "| copier | rounds | s | copying s | MB/s logical | MB/s wire | records/s | CPU-s | CPU-s/GB copying"
                        + " | source CPU-s | target CPU-s | others' CPU-s | peak MiB |\n"
                        + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (String copier : copiers()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.0f | %.0f | %.0f | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f |%n",
                    copier,
                    of(copier).size(),
                    median(copier, Measurement::seconds),
                    median(copier, Measurement::copyingSeconds),
                    median(copier, Measurement::logicalMegabytesPerSecond),
                    median(copier, Measurement::wireMegabytesPerSecond),
                    median(copier, Measurement::recordsPerSecond),
                    median(copier, Measurement::copierCpuSeconds),
                    median(copier, Measurement::copyingCpuSeconds) / gigabytes,
                    median(copier, Measurement::sourceCpuSeconds),
                    median(copier, Measurement::targetCpuSeconds),
                    median(copier, Measurement::otherCpuSeconds),
                    median(copier, one -> one.peakResidentBytes() / 1048576.0)));
        }
        return table.toString();
    }

    /** The ratios as a table in Markdown; empty without the mover. */
    public String ratioTable(String mover) {
        Map<String, Ratio> ratios = ratios(mover);
        if (ratios.isEmpty()) {
            return "";
        }
        return ratios.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "| %s | %.2f | 1/%.1f | 1/%.1f |%n",
                        entry.getKey(),
                        entry.getValue().throughput(),
                        1 / entry.getValue().cpu(),
                        1 / entry.getValue().copyingCpu()))
                .collect(Collectors.joining(
                        "", "| " + mover + " by | throughput | CPU-s | CPU-s copying |\n|---|--:|--:|--:|\n", ""));
    }

    private List<String> copiers() {
        return all.stream().map(Measurement::copier).distinct().sorted().toList();
    }

    private List<Measurement> of(String copier) {
        return all.stream().filter(one -> one.copier().equals(copier)).toList();
    }

    private double median(String copier, ToDoubleFunction<Measurement> value) {
        double[] sorted = of(copier).stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
