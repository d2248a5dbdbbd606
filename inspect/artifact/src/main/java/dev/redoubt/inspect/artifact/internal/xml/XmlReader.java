package dev.redoubt.inspect.artifact.internal.xml;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads PMML and OpenVINO's networks. A document type, by which a parser opens files and expands
 * without end, is never followed: none of their writers makes one.
 */
@AutoService(FormatReader.class)
public final class XmlReader implements FormatReader {
  private static final int DEEPEST = 500;
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?i)(java\\.lang|Runtime\\.|ProcessBuilder|javascript:|ScriptEngine|__import__|os\\.system|subprocess|eval\\(|exec\\(|<script|groovy|powershell|/bin/(ba)?sh)");
  private static final Set<String> OPENVINO_SETS =
      Set.of(
          "opset1",
          "opset2",
          "opset3",
          "opset4",
          "opset5",
          "opset6",
          "opset7",
          "opset8",
          "opset9",
          "opset10",
          "opset11",
          "opset12",
          "opset13",
          "opset14",
          "opset15",
          "opset16",
          "opset17",
          "opset18",
          "experimental",
          "type_relaxed_opset",
          "util",
          "ie_internal_opset",
          "extension",
          "gpu_opset",
          "SnippetsOpset",
          "cpu_plugin_opset");

  /** Made by {@link java.util.ServiceLoader}. */
  public XmlReader() {}

  @Override
  public String id() {
    return "xml";
  }

  @Override
  public boolean claims(Head head, String name) {
    String text = start(head);
    if (text.startsWith("<?xml")
        || text.startsWith("<PMML")
        || text.startsWith("<net ")
        || text.startsWith("<!DOCTYPE PMML")
        || text.startsWith("<!DOCTYPE net")) {
      String lower = name.toLowerCase(Locale.ROOT);
      return !lower.endsWith(".svg")
          && !lower.endsWith(".html")
          && !lower.endsWith(".xhtml")
          && !lower.endsWith(".plist");
    }
    return name.toLowerCase(Locale.ROOT).endsWith(".pmml");
  }

  private static String start(Head head) {
    String text = head.text();
    if (head.startsWith(0xff, 0xfe) || head.startsWith(0xfe, 0xff)) {
      text = text.substring(2).replace("\0", "");
    }
    return text.replaceFirst("^(\u00ef\u00bb\u00bf)?\\s*", "");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    boolean named = context.name().toLowerCase(Locale.ROOT).endsWith(".pmml");
    String start = start(new Head(source));
    if (!start.startsWith("<") && !named) {
      context.decline();
      return;
    }
    try (InputStream in = new BufferedInputStream(source.stream(0), 1 << 14)) {
      XMLStreamReader reader = factory().createXMLStreamReader(in);
      new Reading(reader, context).run();
      reader.close();
    } catch (XMLStreamException e) {
      boolean model = named || start.contains("<PMML") || start.contains("<net ");
      if (model) {
        throw new MalformedException(
            "is no XML: " + first(String.valueOf(e.getMessage())),
            e.getLocation() == null ? -1 : e.getLocation().getCharacterOffset());
      }
      if (start.contains("<!ENTITY")) {
        entity(context);
      }
      context.format("text");
    }
  }

  private static String first(String message) {
    int at = message.indexOf("Message: ");
    return at < 0 ? message : message.substring(at + 9);
  }

  private static void entity(ReadContext context) {
    context.observe(
        EngineRules.MALFORMED,
        Verdict.UNPROVEN,
        "declares entities, by which a parser opens files or expands without end",
        -1);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
    return factory;
  }

  /** One document being read. */
  private static final class Reading {
    private final XMLStreamReader reader;
    private final ReadContext context;
    private boolean doctype;
    private boolean entities;
    private boolean pmml;
    private boolean network;
    private int extension;
    private int told;

    Reading(XMLStreamReader reader, ReadContext context) {
      this.reader = reader;
      this.context = context;
    }

    void run() throws XMLStreamException, IOException {
      int depth = 0;
      int events = 0;
      while (reader.hasNext()) {
        if ((++events & 0xfff) == 0) {
          context.budget().time();
        }
        switch (reader.next()) {
          case XMLStreamConstants.DTD -> {
            doctype = true;
            String text = reader.getText();
            entities = text != null && text.contains("<!ENTITY");
          }
          case XMLStreamConstants.ENTITY_REFERENCE -> entities = true;
          case XMLStreamConstants.START_ELEMENT -> {
            if (depth == 0) {
              root();
            }
            if (++depth > DEEPEST) {
              throw new MalformedException("elements nested deeper than any writer does", -1);
            }
            element();
          }
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            if (reader.getLocalName().equals("Extension")) {
              extension--;
            }
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (extension > 0) {
              script(reader.getText());
            }
          }
          default -> {}
        }
      }
    }

    private void root() {
      pmml = reader.getLocalName().equals("PMML");
      network = reader.getLocalName().equals("net");
      context.format(pmml ? "PMML" : network ? "OpenVINO" : "XML");
      if (doctype && (pmml || network)) {
        context.observe(
            EngineRules.MALFORMED,
            Verdict.UNPROVEN,
            "has a document type, by which a parser opens files or expands without end",
            -1);
      } else if (entities) {
        entity(context);
      }
    }

    private void element() {
      String name = reader.getLocalName();
      String namespace = reader.getNamespaceURI();
      if (name.equals("include") && namespace != null && namespace.contains("XInclude")) {
        tell("includes " + reader.getAttributeValue(null, "href"));
      }
      if (name.equals("Extension")) {
        extension++;
        for (int i = 0; i < reader.getAttributeCount(); i++) {
          script(reader.getAttributeValue(i));
        }
      }
      if (pmml && extension > 0 && name.toLowerCase(Locale.ROOT).contains("script")) {
        tell("has a script in an extension");
      }
      if (pmml && (name.equals("script") || name.equals("Script"))) {
        tell("has a script");
      }
      if (pmml && name.equals("TableLocator")) {
        tell("takes a table from elsewhere");
      }
      if (pmml && name.equals("Apply")) {
        script(reader.getAttributeValue(null, "function"));
        String function = reader.getAttributeValue(null, "function");
        if (function != null && function.matches(".*(\\w+\\.){2,}\\w+.*")) {
          tell("calls the function " + function + " of a class");
        }
      }
      if (network && name.equals("layer")) {
        layer();
      } else if (network
          && (name.equals("data") || name.equals("weights") || name.equals("biases"))) {
        paths();
      }
      if (network
          && (name.equals("custom_layer") || name.equals("CustomLayer") || name.equals("Source"))) {
        tell("has a layer of its own");
      }
    }

    private void paths() {
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        String value = reader.getAttributeValue(i);
        if (value.contains("../")
            || value.contains("..\\")
            || value.contains("://")
            || value.matches("(?i).*\\.(so|dll|dylib|exe)")
            || value.startsWith("/")) {
          tell("leads to " + value);
        }
        script(value);
      }
    }

    private void layer() {
      String version = reader.getAttributeValue(null, "version");
      String type = String.valueOf(reader.getAttributeValue(null, "type"));
      if ((version != null && !OPENVINO_SETS.contains(version))
          || type.contains("/")
          || type.contains(".")
          || type.equals("Custom")
          || type.startsWith("Custom")
          || type.equals("PythonLayer")
          || type.equals("Python")) {
        tell("has a layer of type " + type + " of the set " + version);
      }
      String at = String.valueOf(reader.getAttributeValue(null, "name"));
      if (at.matches(".*\\.(so|dll|dylib)")) {
        tell("has a layer named after a library: " + at);
      }
      if (reader.getAttributeValue(null, "library") != null
          || reader.getAttributeValue(null, "path") != null) {
        tell("has a layer that names a library");
      }
    }

    private void script(@org.jspecify.annotations.Nullable String text) {
      if (text != null && SCRIPT.matcher(text).find()) {
        tell("has code in an extension or a function: " + text.strip());
      }
    }

    private void tell(String what) {
      if (told++ < 20) {
        context.observe(
            "inspect.artifact.xml-code",
            Verdict.UNPROVEN,
            what,
            reader.getLocation().getCharacterOffset());
      }
    }
  }
}
