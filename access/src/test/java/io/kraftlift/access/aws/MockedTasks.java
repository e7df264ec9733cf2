package io.kraftlift.access.aws;

/** What a server that mocks tasks answers in their place, in the form of Step Functions Local. */
final class MockedTasks {
    /** The machine that the answers are for. */
    static final String MACHINE = "kraftlift-mocked";

    /** Everything succeeds, and the approver agrees. */
    static final String MIGRATES = "Migrates";

    /** The freeze is refused, and the approver rejects at the second time. */
    static final String GIVES_UP = "GivesUp";

    /** From the project's root. */
    static final String FILE = "access/src/test/resources/io/kraftlift/access/aws/mocked-tasks.json";

    private MockedTasks() {}
}
