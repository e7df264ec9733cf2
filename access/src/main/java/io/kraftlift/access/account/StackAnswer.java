package io.kraftlift.access.account;

import io.kraftlift.access.aws.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * An answer of CloudFormation to DescribeStacks.
 *
 * @param status of HTTP
 */
record StackAnswer(int status, Document document) {
    /** @throws IOException when the body is no XML */
    static StackAnswer parse(int status, byte[] body) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new StackAnswer(status, builder.parse(new ByteArrayInputStream(body)));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("a JDK parses XML", e);
        } catch (SAXException e) {
            throw new IOException("status " + status + ", and no XML", e);
        }
    }

    boolean isRefusal() {
        return status >= 400;
    }

    Refusal refusal() {
        Element root = document.getDocumentElement();
        return new Refusal(
                status,
                text(root, "Code").orElse(Integer.toString(status)),
                text(root, "Message").orElse("no reason given"),
                text(root, "RequestId").orElse("unknown"));
    }

    StackDescription stack() {
        Element root = document.getDocumentElement();
        Map<String, String> outputs = new HashMap<>();
        for (Element output :
                elements(root, "OutputKey").map(StackAnswer::parent).toList()) {
            outputs.put(
                    text(output, "OutputKey").orElse(""),
                    text(output, "OutputValue").orElse(""));
        }
        return new StackDescription(text(root, "StackStatus").orElse("UNKNOWN"), outputs);
    }

    private static Element parent(Element element) {
        return (Element) element.getParentNode();
    }

    private static java.util.Optional<String> text(Element within, String name) {
        return elements(within, name).findFirst().map(Element::getTextContent);
    }

    private static Stream<Element> elements(Element within, String name) {
        NodeList found = within.getElementsByTagNameNS("*", name);
        List<Element> all = IntStream.range(0, found.getLength())
                .mapToObj(at -> (Element) found.item(at))
                .toList();
        return all.stream();
    }
}
