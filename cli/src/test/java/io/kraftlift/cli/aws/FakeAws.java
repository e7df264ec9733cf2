package io.kraftlift.cli.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudFormation, STS and S3 on a loopback port, for the SDK's own clients; besides, Secrets Manager with one secret, and MSK
 * and Service Quotas that know nothing. The access key in a request's signature says who
 * asks. Safe for several threads.
 */
public final class FakeAws implements AutoCloseable {
    /** Who may read gates. */
    public static final String APPROVER = "APPROVER";

    /** Whose session is over. */
    public static final String EXPIRED = "EXPIRED";

    private static final Pattern KEY = Pattern.compile("Credential=([^/]+)/[0-9]+/([^/]+)/([^/]+)/");

    private final HttpServer server;
    private final FakeBucket bucket = new FakeBucket();
    private final Map<String, Map<String, String>> stacks = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> signed = new CopyOnWriteArrayList<>();
    private final AtomicInteger throttled = new AtomicInteger();

    public FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The one bucket, of any name. */
    public FakeBucket bucket() {
        return bucket;
    }

    /** Makes a stack in the region eu-west-1. */
    public void stack(String name, Map<String, String> outputs) {
        stacks.put(name, Map.copyOf(outputs));
    }

    /** Refuses so many of CloudFormation's next answers for their rate. */
    public void throttle(int answers) {
        throttled.set(answers);
    }

    /** Each request's service or method, and who asked. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** What each signed request was signed for: service, region, and who asked. */
    public List<String> signed() {
        return List.copyOf(signed);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String form = new String(body, StandardCharsets.UTF_8);
            Matcher signature =
                    KEY.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            String who = signature.find() ? signature.group(1) : "nobody";
            String region = who.equals("nobody") ? "" : signature.group(2);
            String service = who.equals("nobody") ? "" : signature.group(3);
            signed.add(service + " " + region + " " + who);
            if (form.startsWith("Action=DescribeStacks")) {
                asked.add("DescribeStacks " + who);
                xml(exchange, describe(form.replaceAll(".*StackName=", ""), who, region));
            } else if (form.startsWith("Action=GetCallerIdentity")) {
                asked.add("GetCallerIdentity " + who);
                xml(exchange, identity(who));
            } else if (service.equals("secretsmanager")) {
                json(exchange, 200, "{\"ARN\":\"arn\",\"SecretString\":\"{\\\"password\\\":\\\"s3cr3t\\\"}\"}");
            } else if (service.equals("kafka") || service.equals("servicequotas")) {
                json(exchange, 404, "{\"__type\":\"NotFoundException\",\"message\":\"none is here\"}");
            } else {
                asked.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getPath() + " " + who);
                bucket.answer(exchange, body, who);
            }
        }
    }

    private record Answer(int status, String body) {}

    private Answer describe(String name, String who, String region) {
        if (who.equals(EXPIRED)) {
            return error(403, "ExpiredToken", "The security token included in the request is expired");
        }
        if (throttled.getAndDecrement() > 0) {
            return error(400, "Throttling", "Rate exceeded");
        }
        Optional<Map<String, String>> outputs =
                region.equals("eu-west-1") ? Optional.ofNullable(stacks.get(name)) : Optional.empty();
        if (outputs.isEmpty()) {
            return error(400, "ValidationError", "Stack with id " + name + " does not exist");
        }
        StringBuilder members = new StringBuilder();
        outputs.get()
                .forEach((key, value) -> members.append("<member><OutputKey>")
                        .append(key)
                        .append("</OutputKey><OutputValue>")
                        .append(value)
                        .append("</OutputValue></member>"));
        return new Answer(
                200,
                "<DescribeStacksResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">"
                        + "<DescribeStacksResult><Stacks><member><StackName>" + name
                        + "</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>" + members
                        + "</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>");
    }

    private static Answer identity(String who) {
        return new Answer(
                200,
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        + "<GetCallerIdentityResult><Arn>" + arnOf(who)
                        + "</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult>"
                        + "</GetCallerIdentityResponse>");
    }

    /** The ARN that STS says of an access key. */
    public static String arnOf(String who) {
        return "arn:aws:sts::111122223333:assumed-role/" + who + "/mara";
    }

    private static Answer error(int status, String code, String message) {
        return new Answer(
                status,
                "<ErrorResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><Error><Type>Sender</Type>"
                        + "<Code>" + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>R1</RequestId></ErrorResponse>");
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void xml(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
