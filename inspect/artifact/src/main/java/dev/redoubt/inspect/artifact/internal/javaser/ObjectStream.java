package dev.redoubt.inspect.artifact.internal.javaser;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks through the grammar of a stream and tells a visitor what is in it. */
final class ObjectStream {
  /** A reader of the JDK overflows its stack not much deeper. */
  private static final int DEEPEST = 1500;

  private static final int BASE_HANDLE = 0x7e0000;
  private static final int NULL = 0x70;
  private static final int REFERENCE = 0x71;
  private static final int CLASSDESC = 0x72;
  private static final int OBJECT = 0x73;
  private static final int STRING = 0x74;
  private static final int ARRAY = 0x75;
  private static final int CLASS = 0x76;
  private static final int BLOCK = 0x77;
  private static final int END = 0x78;
  private static final int RESET = 0x79;
  private static final int LONG_BLOCK = 0x7a;
  private static final int EXCEPTION = 0x7b;
  private static final int LONG_STRING = 0x7c;
  private static final int PROXY = 0x7d;
  private static final int ENUM = 0x7e;

  private static final int WRITE_METHOD = 1;
  private static final int SERIALIZABLE = 2;
  private static final int EXTERNALIZABLE = 4;
  private static final int BLOCK_DATA = 8;
  private static final int CONSTANTS = 16;
  private static final int MAX_DESCRIPTIONS = 100_000;

  /** Is told what the stream holds, in its order. */
  interface Visitor {
    void named(String className, boolean constant, long offset);

    void proxy(List<String> interfaces, long offset);

    void entered(String className, long offset);

    void left(String className);

    void bytes(long from, long length) throws IOException;

    void opaque(String className, long offset);
  }

  /** A class as the stream describes it. */
  private record Described(String name, int flags, String types, @Nullable Described parent) {}

  private final Input in;
  private final Visitor visitor;
  private final Budget budget;

  /**
   * Only descriptions are kept: of other things a reference says no more than that they were there.
   */
  private final Map<Integer, Described> descriptions = new HashMap<>();

  private int handles;
  private int depth;

  ObjectStream(ByteSource source, Visitor visitor, Budget budget) {
    this.in = new Input(source);
    this.visitor = visitor;
    this.budget = budget;
  }

  /** Offset of what is read next. */
  long position() {
    return in.position();
  }

  /** Reads from after the magic number to the end. */
  void run() throws IOException {
    in.skip(4);
    while (!in.atEnd()) {
      content(in.u1());
    }
  }

  private MalformedException wrong(String what) {
    return new MalformedException(what, in.position() - 1);
  }

  private void content(int tag) throws IOException {
    switch (tag) {
      case BLOCK -> in.skip(in.u1());
      case LONG_BLOCK -> in.skip(length(in.s4()));
      default -> object(tag);
    }
  }

  private long length(int said) throws MalformedException {
    if (said < 0 || said > in.left()) {
      throw wrong("a length of " + said + " bytes where " + in.left() + " are left");
    }
    return said;
  }

  private void object(int tag) throws IOException {
    if (++depth > DEEPEST) {
      throw new LimitException("objects nested deeper than " + DEEPEST);
    }
    budget.time();
    switch (tag) {
      case NULL -> {}
      case REFERENCE -> reference();
      case CLASSDESC, PROXY -> description(tag);
      case OBJECT -> newObject();
      case STRING -> {
        handle();
        in.skip(length(in.u2()));
      }
      case LONG_STRING -> longString();
      case ARRAY -> array();
      case CLASS -> {
        // Its description was told of.
        anyDescription();
        handle();
      }
      case ENUM -> {
        anyDescription();
        handle();
        object(in.u1());
      }
      case RESET -> reset();
      case EXCEPTION -> {
        reset();
        object(in.u1());
        reset();
      }
      default -> throw wrong("no object starts with the byte " + tag);
    }
    depth--;
  }

  private void longString() throws IOException {
    handle();
    long length = in.s8();
    if (length < 0 || length > in.left()) {
      throw wrong("a text of " + length + " bytes where " + in.left() + " are left");
    }
    in.skip(length);
  }

  private void reset() {
    descriptions.clear();
    handles = 0;
  }

  private int handle() {
    return handles++;
  }

  private int reference() throws IOException {
    int handle = in.s4() - BASE_HANDLE;
    if (handle < 0 || handle >= handles) {
      throw wrong("a reference to an object that was not there");
    }
    return handle;
  }

  private @Nullable Described anyDescription() throws IOException {
    int tag = in.u1();
    return switch (tag) {
      case NULL -> null;
      case REFERENCE -> {
        int handle = reference();
        Described described = descriptions.get(handle);
        if (described == null) {
          throw wrong("a reference to a class that is none");
        }
        yield described;
      }
      case CLASSDESC, PROXY -> description(tag);
      default -> throw wrong("no class description starts with the byte " + tag);
    };
  }

  private Described description(int tag) throws IOException {
    long at = in.position() - 1;
    if (descriptions.size() >= MAX_DESCRIPTIONS) {
      throw new LimitException("more than " + MAX_DESCRIPTIONS + " classes");
    }
    if (++depth > DEEPEST) {
      throw new LimitException("classes nested deeper than " + DEEPEST);
    }
    Described described = tag == PROXY ? proxy(at) : plain(at);
    depth--;
    return described;
  }

  private Described proxy(long at) throws IOException {
    int handle = handle();
    int count = in.s4();
    if (count < 0 || count > 65535) {
      throw wrong("a proxy of " + count + " interfaces");
    }
    var interfaces = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      interfaces.add(in.text());
    }
    var described = new Described("(proxy)", SERIALIZABLE, "", null);
    descriptions.put(handle, described);
    visitor.proxy(interfaces, at);
    annotation();
    Described parent = anyDescription();
    described = new Described("(proxy)", SERIALIZABLE, "", parent);
    descriptions.put(handle, described);
    return described;
  }

  private Described plain(long at) throws IOException {
    String name = in.text();
    in.skip(8);
    int handle = handle();
    int flags = in.u1();
    int count = in.u2();
    var types = new StringBuilder();
    visitor.named(name, (flags & CONSTANTS) != 0, at);
    // A field may refer to its own class, whose description is not done yet.
    descriptions.put(handle, new Described(name, flags, "", null));
    for (int i = 0; i < count; i++) {
      char type = (char) in.u1();
      if ("BCDFIJSZ[L".indexOf(type) < 0) {
        throw wrong("a field of the unknown type " + (int) type);
      }
      types.append(type);
      in.text();
      if (type == '[' || type == 'L') {
        object(in.u1());
      }
    }
    annotation();
    Described parent = anyDescription();
    var described = new Described(name, flags, types.toString(), parent);
    descriptions.put(handle, described);
    return described;
  }

  private void annotation() throws IOException {
    int tag;
    while ((tag = in.u1()) != END) {
      content(tag);
    }
  }

  private void newObject() throws IOException {
    long at = in.position() - 1;
    Described described = anyDescription();
    if (described == null) {
      throw wrong("an object without a class");
    }
    handle();
    visitor.entered(described.name(), at);
    var classes = new ArrayList<Described>();
    for (Described d = described; d != null; d = d.parent()) {
      classes.add(d);
    }
    for (Described d : classes.reversed()) {
      if ((d.flags() & SERIALIZABLE) != 0) {
        for (int i = 0; i < d.types().length(); i++) {
          value(d.types().charAt(i));
        }
        if ((d.flags() & WRITE_METHOD) != 0) {
          annotation();
        }
      } else if ((d.flags() & EXTERNALIZABLE) != 0) {
        if ((d.flags() & BLOCK_DATA) == 0) {
          visitor.opaque(d.name(), at);
          throw new MalformedException(
              d.name() + " wrote its data in the old way that only its own code can read", at);
        }
        annotation();
      }
    }
    visitor.left(described.name());
  }

  private void value(char type) throws IOException {
    switch (type) {
      case 'B', 'Z' -> in.skip(1);
      case 'C', 'S' -> in.skip(2);
      case 'I', 'F' -> in.skip(4);
      case 'J', 'D' -> in.skip(8);
      default -> object(in.u1());
    }
  }

  private void array() throws IOException {
    Described described = anyDescription();
    if (described == null || described.name().length() < 2 || described.name().charAt(0) != '[') {
      throw wrong("an array whose class is none");
    }
    handle();
    int count = in.s4();
    char type = described.name().charAt(1);
    int width =
        switch (type) {
          case 'B', 'Z' -> 1;
          case 'C', 'S' -> 2;
          case 'I', 'F' -> 4;
          case 'J', 'D' -> 8;
          default -> 0;
        };
    if (count < 0 || (long) count * Math.max(1, width) > in.left()) {
      throw wrong("an array of " + count + " elements where " + in.left() + " bytes are left");
    }
    if (width == 0) {
      for (int i = 0; i < count; i++) {
        object(in.u1());
      }
      return;
    }
    long from = in.position();
    if (type == 'B') {
      visitor.bytes(from, count);
    }
    in.skip((long) count * width);
  }
}
