package io.kraftlift.local.states;

record SucceedState(String name, Exit exit) implements State {
    @Override
    public String type() {
        return "Succeed";
    }

    @Override
    public Recovery recovery() {
        return Recovery.NONE;
    }

    @Override
    public Exit.Taken run(Visit visit) throws StateFailure {
        return exit.take(visit.query(), visit.query().input());
    }
}
