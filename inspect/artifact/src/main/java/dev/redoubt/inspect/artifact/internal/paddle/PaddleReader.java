package dev.redoubt.inspect.artifact.internal.paddle;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Texts;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.proto.Message;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads Paddle's programs (framework.proto, ProgramDesc): which operators they call. */
@AutoService(FormatReader.class)
public final class PaddleReader implements FormatReader {
  private static final Set<String> EXECUTES =
      Set.of(
          "py_func",
          "py_layer",
          "pylayer",
          "run_program",
          "save",
          "save_combine",
          "listen_and_serv",
          "send",
          "recv",
          "fetch_barrier",
          "send_barrier",
          "gen_nccl_id",
          "custom_op",
          "load_library");
  private static final Set<String> READS =
      Set.of(
          "load",
          "load_combine",
          "read",
          "read_file",
          "create_custom_reader",
          "create_py_reader",
          "tensorrt_engine",
          "lite_engine",
          "custom_engine",
          "cinn_launch");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  /** Made by {@link java.util.ServiceLoader}. */
  public PaddleReader() {}

  @Override
  public String id() {
    return "paddle";
  }

  private static boolean named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".pdmodel") || lower.equals("__model__");
  }

  @Override
  public boolean claims(Head head, String name) {
    return named(name) && (!Texts.looksLikeText(head) || head.at(0) == 0x0a);
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("Paddle program");
    Map<String, Long> operators = new LinkedHashMap<>();
    boolean any = false;
    Message program = Message.of(source, context.budget());
    while (program.next()) {
      switch (program.field()) {
        case 1 -> {
          any = true;
          block(program.message(), operators);
        }
        case 2, 3, 4, 5, 6 -> {}
        default ->
            throw new MalformedException(
                "a program with the unknown field " + program.field(), program.from());
      }
    }
    if (!any) {
      throw new MalformedException("a program without a block", 0);
    }
    operators.forEach((operator, at) -> tell(operator, at, context));
  }

  private static void tell(String operator, long at, ReadContext context) {
    if (EXECUTES.contains(operator)) {
      context.observe(
          "inspect.artifact.paddle-operator",
          Verdict.MALICIOUS,
          "calls " + operator + ", which runs code, or writes files or connects",
          at);
    } else if (READS.contains(operator)
        || operator.startsWith("custom")
        || !NAME.matcher(operator).matches()) {
      context.observe(
          "inspect.artifact.paddle-operator",
          Verdict.UNPROVEN,
          "calls " + operator + ", which reads files or is somebody's own",
          at);
    }
  }

  private static void block(Message block, Map<String, Long> operators) throws IOException {
    while (block.next()) {
      if (block.field() == 4) {
        Message operator = block.message();
        while (operator.next()) {
          if (operator.field() == 3 && operators.size() < 5000) {
            operators.putIfAbsent(operator.text(), operator.from());
          }
        }
      } else if (block.field() > 5) {
        throw new MalformedException(
            "a block with the unknown field " + block.field(), block.from());
      }
    }
  }
}
