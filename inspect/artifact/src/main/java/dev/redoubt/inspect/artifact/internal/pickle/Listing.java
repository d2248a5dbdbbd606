package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.Limits;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints each opcode of the pickles of a source, and what it left on top of the stack. */
final class Listing implements PickleMachine.Tracer {
  private final ByteSource source;
  private final PrintWriter out;
  private String opcode = "";

  Listing(ByteSource source, PrintWriter out) {
    this.source = source;
    this.out = out;
  }

  boolean print() throws IOException {
    var scan = new Scan(source, new Budget(Limits.DEFAULT), true, false, 0);
    var window = new Window(source, 0);
    var machine = new PickleMachine(scan, window, new Events(), this);
    out.println("  offset  opcode             stack after it");
    try {
      while (window.position() < window.size) {
        machine.run();
      }
    } catch (MalformedException e) {
      out.printf(
          Locale.ROOT,
          "%8d  %s%n",
          Math.max(0, e.offset()),
          "Python would stop here, or reads on in another format: " + e.getMessage());
    }
    return machine.opcodes() > 0;
  }

  @Override
  public void before(PickleMachine machine, int op, long position, int depth) {
    String name = Op.name(op);
    opcode =
        String.format(
            Locale.ROOT,
            "%8d  %-17s",
            position,
            name.isEmpty() ? String.format(Locale.ROOT, "0x%02x", op) : name);
  }

  @Override
  public void after(PickleMachine machine, int top, boolean hasTop) throws IOException {
    out.printf(
        Locale.ROOT,
        "%s  %2d  %s%n",
        opcode,
        machine.depth(),
        hasTop ? clean(machine.scan.renderer.render(top, 2)) : "");
  }

  private static String clean(String text) {
    var safe = new StringBuilder();
    text.codePoints()
        .limit(200)
        .forEach(c -> {
          boolean hidden =
              Character.isISOControl(c)
                  || Character.getType(c) == Character.FORMAT
                  || Character.getType(c) == Character.SURROGATE;
          safe.append(hidden ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c));
        });
    return safe.toString();
  }
}
