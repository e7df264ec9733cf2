package io.kraftlift.core.scram;

/**
 * A user that somebody who has the password must make known to the target.
 *
 * @param name the user, or the secret that names it
 * @param how what to do, for a person
 */
public record UserToMake(String name, String how) {}
