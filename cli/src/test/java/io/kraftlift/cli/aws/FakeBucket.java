package io.kraftlift.cli.aws;

import com.sun.net.httpserver.HttpExchange;
import io.kraftlift.core.stores.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** S3's answers for one bucket, addressed by path. Everybody may read everything but gates, which are the approver's. */
public final class FakeBucket {
    private static final byte[] NOTHING = new byte[0];

    private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    FakeBucket() {}

    public void put(String key, byte[] content) {
        objects.put(key, content);
    }

    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    void answer(HttpExchange exchange, byte[] body, String who) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        String key = path.contains("/") ? path.substring(path.indexOf('/') + 1) : "";
        if (who.equals(FakeAws.EXPIRED)) {
            refuse(exchange, 400, "ExpiredToken");
        } else if (key.isEmpty()) {
            list(exchange);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            write(exchange, key, decoded(exchange, body));
        } else if (key.contains("/gates/") && !who.equals(FakeAws.APPROVER)) {
            refuse(exchange, 403, "AccessDenied");
        } else if (objects.containsKey(key)) {
            send(exchange, 200, objects.getOrDefault(key, NOTHING));
        } else {
            refuse(exchange, 404, "NoSuchKey");
        }
    }

    private void write(HttpExchange exchange, String key, byte[] content) throws IOException {
        boolean onlyIfAbsent = exchange.getRequestHeaders().containsKey("If-None-Match");
        if (onlyIfAbsent && objects.putIfAbsent(key, content) != null) {
            refuse(exchange, 412, "PreconditionFailed");
            return;
        }
        objects.put(key, content);
        exchange.getResponseHeaders().set("ETag", eTag(content));
        send(exchange, 200, NOTHING);
    }

    private void list(HttpExchange exchange) throws IOException {
        String prefix = "";
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            if (pair.startsWith("prefix=")) {
                prefix = URLDecoder.decode(pair.substring(7), StandardCharsets.UTF_8);
            }
        }
        StringBuilder contents = new StringBuilder();
        String start = prefix;
        objects.forEach((key, content) -> {
            if (key.startsWith(start)) {
                contents.append("<Contents><Key>")
                        .append(key)
                        .append("</Key><Size>")
                        .append(content.length)
                        .append("</Size></Contents>");
            }
        });
        send(
                exchange,
                200,
                ("<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        send(
                exchange,
                status,
                ("<Error><Code>" + code + "</Code><Message>no</Message></Error>").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.getResponseHeaders().putIfAbsent("ETag", java.util.List.of(eTag(content)));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static String eTag(byte[] content) {
        return "\"" + Sha256.of(content) + "\"";
    }

    /** The body without the signatures of its chunks, where it has them (Amazon S3, "Signature calculation: chunked upload"). */
    private static byte[] decoded(HttpExchange exchange, byte[] body) throws IOException {
        if (!exchange.getRequestHeaders().containsKey("X-amz-decoded-content-length")) {
            return body;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int line = at;
            while (body[line] != '\r') {
                line++;
            }
            String size = new String(Arrays.copyOfRange(body, at, line), StandardCharsets.US_ASCII).split(";", -1)[0];
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                return content.toByteArray();
            }
            content.write(body, line + 2, length);
            at = line + 2 + length + 2;
        }
    }
}
