package io.kraftlift.benchmarks.measuring;

/**
 * One copy of the data set.
 *
 * @param seconds from the start of the copier's process until every record could be read on the target
 * @param copyingSeconds of that, from the first record on the target
 * @param logicalMegabytesPerSecond while copying, of keys, values and headers; a megabyte is 1,000,000 bytes
 * @param wireMegabytesPerSecond while copying, of the source's record batches
 * @param recordsPerSecond while copying
 * @param copierCpuSeconds from start to end of the copier's processes
 * @param copyingCpuSeconds of that, from the first record on the target: without the start of the processes, and as if for all
 * @param sourceCpuSeconds of the source's broker meanwhile
 * @param targetCpuSeconds of the target's broker meanwhile
 * @param otherCpuSeconds of everything else on the machine meanwhile, these benchmarks excluded
 * @param peakResidentBytes of the copier's processes, added up
 * @param surplusRecords on the target that are on the source only once
 */
public record Measurement(
        String copier,
        int round,
        double seconds,
        double copyingSeconds,
        double logicalMegabytesPerSecond,
        double wireMegabytesPerSecond,
        double recordsPerSecond,
        double copierCpuSeconds,
        double copyingCpuSeconds,
        double sourceCpuSeconds,
        double targetCpuSeconds,
        double otherCpuSeconds,
        long peakResidentBytes,
        long surplusRecords) {}
