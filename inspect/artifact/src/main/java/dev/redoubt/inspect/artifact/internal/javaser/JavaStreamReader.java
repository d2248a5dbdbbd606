package dev.redoubt.inspect.artifact.internal.javaser;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;

/** Reads streams of Java objects, in which Weka, Tribuo, Deeplearning4j and others keep models. */
@AutoService(FormatReader.class)
public final class JavaStreamReader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public JavaStreamReader() {}

  @Override
  public String id() {
    return "java";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.startsWith(0xac, 0xed);
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    if (!new Head(source).startsWith(0xac, 0xed, 0, 5)) {
      throw new MalformedException("a stream of Java objects of an unknown version", 2);
    }
    context.format("Java-serialised objects");
    var events = new Events(source, context);
    try {
      new ObjectStream(source, events, context.budget()).run();
    } finally {
      events.end();
    }
  }
}
