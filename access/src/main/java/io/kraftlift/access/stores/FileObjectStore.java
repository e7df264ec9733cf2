package io.kraftlift.access.stores;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.stores.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An object store in a directory of a local file system. A write goes to a file aside, is forced to the disk, and is
 * then linked (put if absent) or moved (replace) into place in one step; then the folder is forced, so that the name
 * outlives a power cut. Names that start with {@code .aside-} and {@code .lock} are this class's own and are no objects.
 *
 * <p>Safe for several threads and several processes: {@link #replace} holds a lock file of the store.
 */
public final class FileObjectStore implements ObjectStore {
    private static final String ASIDE = ".aside-";

    /** Java keeps a buffer outside of the heap for each writing thread, as large as the largest write that it made. */
    private static final int WRITE_BYTES = 1 << 20;

    private static final String LOCK = ".lock";

    /** A FileLock keeps processes apart but not threads of one process. */
    private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path directory;

    /**
     * Opens the store, making the directory where it is missing.
     *
     * @throws OperatorActionNeeded ACCESS_DENIED when the directory cannot be made
     */
    public FileObjectStore(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        attempt("open", this.directory.toString(), () -> Files.createDirectories(this.directory));
    }

    @Override
    public URI root() {
        String text = directory.toUri().toString();
        return URI.create(text.endsWith("/") ? text : text + "/");
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, ByteBuffer content) {
        return attempt("write", key.value(), () -> {
            Path file = fileOf(key);
            if (Files.exists(file)) {
                return false;
            }
            Path aside = writeAside(file, content);
            try {
                Files.createLink(file, aside);
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.deleteIfExists(aside);
            }
            force(parentOf(file));
            return true;
        });
    }

    @Override
    public void put(ObjectKey key, ByteBuffer content) {
        attempt("write", key.value(), () -> {
            moveIntoPlace(fileOf(key), content);
            return key;
        });
    }

    @Override
    public Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content) {
        return attempt("replace", key.value(), () -> {
            ReentrantLock threads = THREADS.computeIfAbsent(directory, d -> new ReentrantLock());
            threads.lock();
            try (FileChannel channel = FileChannel.open(
                            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                Optional<StoredObject> now = get(key);
                if (!held.isValid() || now.isEmpty() || !now.get().version().equals(expected)) {
                    return Optional.<ObjectVersion>empty();
                }
                byte[] bytes = new byte[content.remaining()];
                content.duplicate().get(bytes);
                moveIntoPlace(fileOf(key), content);
                return Optional.of(versionOf(bytes));
            } finally {
                threads.unlock();
            }
        });
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        return attempt("read", key.value(), () -> {
            try {
                byte[] content = Files.readAllBytes(fileOf(key));
                return Optional.of(new StoredObject(content, versionOf(content)));
            } catch (NoSuchFileException e) {
                return Optional.<StoredObject>empty();
            }
        });
    }

    @Override
    public Optional<byte[]> getRange(ObjectKey key, long offset, int length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    key + ": a range must start at 0 or above and have a byte, was " + offset + " x " + length);
        }
        return attempt("read", key.value(), () -> {
            try (FileChannel channel = FileChannel.open(fileOf(key), StandardOpenOption.READ)) {
                int there = (int) Math.max(0, Math.min(length, channel.size() - offset));
                ByteBuffer buffer = ByteBuffer.allocate(there);
                while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                    // reads on until the range is full or the file ends
                }
                return Optional.of(java.util.Arrays.copyOf(buffer.array(), buffer.position()));
            } catch (NoSuchFileException e) {
                return Optional.<byte[]>empty();
            }
        });
    }

    @Override
    public List<ObjectSummary> list(ObjectKey prefix) {
        return attempt("list", prefix.value(), () -> {
            Path below = fileOf(prefix);
            if (!Files.isDirectory(below)) {
                return List.<ObjectSummary>of();
            }
            List<ObjectSummary> found = new ArrayList<>();
            Files.walkFileTree(below, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && isObject(file)) {
                        found.add(new ObjectSummary(keyOf(file), attributes.size()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                /** Writers put files aside and take them away while we look. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
            found.sort(Comparator.comparing(ObjectSummary::key));
            return List.copyOf(found);
        });
    }

    private static boolean isObject(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(ASIDE) && !name.equals(LOCK);
    }

    private ObjectKey keyOf(Path file) {
        return new ObjectKey(directory.relativize(file).toString().replace('\\', '/'));
    }

    private Path fileOf(ObjectKey key) {
        return directory.resolve(key.value());
    }

    private static Path parentOf(Path file) {
        return java.util.Objects.requireNonNull(file.getParent(), "an object's file lies in the store's directory");
    }

    private static void moveIntoPlace(Path file, ByteBuffer content) throws IOException {
        Path aside = writeAside(file, content);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(parentOf(file));
    }

    private static Path writeAside(Path file, ByteBuffer content) throws IOException {
        Path folder = parentOf(file);
        Files.createDirectories(folder);
        Path aside = folder.resolve(ASIDE + UUID.randomUUID());
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer rest = content.duplicate(); rest.hasRemaining(); ) {
                int end = rest.limit();
                rest.limit(Math.min(end, rest.position() + WRITE_BYTES));
                channel.write(rest);
                rest.limit(end);
            }
            channel.force(true);
        }
        return aside;
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static ObjectVersion versionOf(byte[] content) {
        return new ObjectVersion(Sha256.of(content).hex());
    }

    private interface FileOperation<T> {
        T run() throws IOException;
    }

    private <T> T attempt(String verb, String what, FileOperation<T> operation) {
        try {
            return operation.run();
        } catch (AccessDeniedException | NotDirectoryException | FileAlreadyExistsException e) {
            throw new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    "cannot " + verb + " " + what + " in " + directory + " (" + e.getMessage()
                            + "); make the directory writable for this user",
                    e);
        } catch (IOException e) {
            throw new TryAgain(
                    FailureName.STORE_UNREACHABLE,
                    "cannot " + verb + " " + what + " in " + directory + " (" + e.getMessage() + ")",
                    e);
        }
    }
}
