package io.kraftlift.core.metrics;

/** What functions and workers of a deployment count, by the name that it has in CloudWatch. */
public enum MetricName {
    /** The largest lag of any partition of a lane. */
    LARGEST_LAG("LargestLag", "Count", Detail.LANE),
    /** The sum of the lags of a lane's partitions. */
    TOTAL_LAG("TotalLag", "Count", Detail.LANE),
    RECORDS_PER_SECOND("RecordsPerSecond", "Count/Second", Detail.LANE),
    BYTES_PER_SECOND("BytesPerSecond", "Bytes/Second", Detail.LANE),
    /** Ranges that retention removed from the source before they were copied, of a lane's whole life. */
    GAPS("Gaps", "Count", Detail.LANE),
    /** 1 whenever a lane says how it is doing: where there is none, no worker has the lane. */
    LANE_REPORTS("LaneReports", "Count", Detail.LANE),
    /** 1 when the journal moves to a phase. */
    PHASE_ENTERED("PhaseEntered", "Count", Detail.PHASE),
    /** How long producers have been frozen, whenever something becomes of the freeze. */
    FREEZE_AGE("FreezeAge", "Seconds", Detail.NONE),
    /** 1 when producers are let go on after the deadline of their freeze. */
    FROZEN_TOO_LONG("FrozenTooLong", "Count", Detail.NONE);

    /** The namespace of all of them. */
    public static final String NAMESPACE = "Kraftlift";

    /** The dimension that every metric has: which deployment it is of. */
    public static final String DEPLOYMENT = "Deployment";

    /** The environment variable with the deployment's name. Where it is not set, nothing is counted. */
    public static final String DEPLOYMENT_VARIABLE = "KRAFTLIFT_DEPLOYMENT";

    /** What a metric is counted by, besides the deployment. */
    public enum Detail {
        NONE(""),
        LANE("Lane"),
        PHASE("Phase");

        private final String dimension;

        Detail(String dimension) {
            this.dimension = dimension;
        }

        /** The dimension's name; empty for none. */
        public String dimension() {
            return dimension;
        }
    }

    private final String key;
    private final String unit;
    private final Detail detail;

    MetricName(String key, String unit, Detail detail) {
        this.key = key;
        this.unit = unit;
        this.detail = detail;
    }

    /** In CloudWatch. */
    public String key() {
        return key;
    }

    /** As CloudWatch names units. */
    public String unit() {
        return unit;
    }

    public Detail detail() {
        return detail;
    }
}
