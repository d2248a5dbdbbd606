package dev.redoubt.inspect.artifact.internal.keras;

import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.pickle.KnownNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python code and names of Python in a configuration. */
public final class Code {
  private static final int LONGEST = 8 << 20;
  private static final Set<String> MODULES =
      Set.of(
          "os",
          "nt",
          "posix",
          "subprocess",
          "sys",
          "shutil",
          "socket",
          "importlib",
          "runpy",
          "pty",
          "commands",
          "ctypes",
          "code",
          "pickle",
          "_pickle",
          "cPickle",
          "marshal",
          "multiprocessing",
          "asyncio",
          "urllib",
          "http",
          "ftplib",
          "requests",
          "webbrowser",
          "pip",
          "pydoc",
          "timeit",
          "builtins",
          "__builtin__",
          "__main__",
          "tempfile",
          "glob",
          "pathlib",
          "io",
          "codecs",
          "threading",
          "signal",
          "platform",
          "smtplib",
          "telnetlib",
          "cloudpickle",
          "dill",
          "joblib",
          "torch",
          "numpy.testing",
          "operator",
          "functools",
          "types",
          "inspect",
          "bdb",
          "pdb",
          "cProfile",
          "profile",
          "trace",
          "doctest",
          "zipimport",
          "_posixsubprocess",
          "distutils",
          "setuptools");
  private static final Set<String> BUILTINS =
      Set.of(
          "eval",
          "exec",
          "execfile",
          "compile",
          "open",
          "__import__",
          "getattr",
          "setattr",
          "globals",
          "locals",
          "vars",
          "breakpoint",
          "input",
          "delattr",
          "memoryview",
          "help");
  private static final Set<String> KERAS =
      Set.of(
          "get_file",
          "enable_unsafe_deserialization",
          "load_model",
          "load_img",
          "image_dataset_from_directory",
          "text_dataset_from_directory",
          "audio_dataset_from_directory",
          "save_model",
          "load_weights",
          "func_load",
          "func_dump",
          "lambda_load",
          "deserialize_keras_object",
          "model_from_json",
          "from_json",
          "unpack_x_y",
          "save_img",
          "plot_model",
          "pip_install",
          "system_command",
          "extract_archive",
          "TorchModuleWrapper",
          "load_data");

  /** What code that runs programs, opens files or connects has among its names. */
  private static final Pattern REACHES =
      Pattern.compile(
          "(?<![A-Za-z0-9_])(os|system|popen|subprocess|Popen|check_output|eval|exec|__import__|importlib"
              + "|import_module|socket|urlopen|urllib|requests|open|builtins|__builtins__|getattr|compile"
              + "|marshal|pickle|ctypes|shutil|pty|spawn|base64|b64decode|write_file|read_file|py_function|numpy_function)(?![A-Za-z0-9_])");

  private Code() {}

  /** Says why a module's name is known to do harm; null where it is not. */
  public static @Nullable String danger(String module, String name, @Nullable String config) {
    String top = module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
    String function = name.equals("function") && config != null ? config : name;
    String last = function.substring(function.lastIndexOf('.') + 1);
    if (top.equals("builtins") || top.equals("__builtin__")) {
      return BUILTINS.contains(last) ? "executes or opens what it is given" : null;
    }
    if (top.equals("__main__")) {
      return null;
    }
    if (MODULES.contains(top) || MODULES.contains(module)) {
      return "the module runs programs, opens files, connects or imports";
    }
    if (KERAS.contains(last) && (top.contains("keras") || top.equals("tensorflow"))) {
      return "it loads files, code or settings that are not safe";
    }
    if (module.isEmpty()) {
      return BUILTINS.contains(last) ? "executes or opens what it is given" : null;
    }
    boolean own = top.contains("keras") || top.equals("tensorflow");
    return own ? null : KnownNames.danger(module, function);
  }

  /**
   * What a marshalled function, as Keras writes it in base64, has among its names.
   *
   * @return text that goes on a sentence, empty where nothing speaks of harm; null where there is
   *     no such code
   */
  static @Nullable String marshalled(@Nullable Object value) {
    var texts = new ArrayList<String>();
    gather(value, texts, 0);
    for (String text : texts) {
      String packed = text.replaceAll("\\s+", "");
      if (packed.length() < 16
          || packed.length() > LONGEST
          || !packed.matches("[A-Za-z0-9+/=_-]+")) {
        continue;
      }
      byte[] code = decode(packed);
      if (code.length > 8 && (code[0] & 0x7f) == 'c') {
        return names(new String(code, StandardCharsets.ISO_8859_1));
      }
    }
    return null;
  }

  private static byte[] decode(String packed) {
    try {
      return Base64.getDecoder().decode(packed.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static void gather(@Nullable Object value, List<String> texts, int depth) {
    if (depth > 6 || texts.size() > 100) {
      return;
    }
    if (value instanceof String text) {
      texts.add(text);
    } else if (value instanceof List) {
      Json.list(value).forEach(part -> gather(part, texts, depth + 1));
    } else if (value instanceof Map) {
      Json.map(value).values().forEach(part -> gather(part, texts, depth + 1));
    }
  }

  private static String names(String code) {
    var names = new TreeSet<String>();
    Matcher matcher = REACHES.matcher(code);
    while (matcher.find() && names.size() < 10) {
      names.add(matcher.group());
    }
    return names.isEmpty() ? "" : ", which speaks of " + String.join(", ", names);
  }
}
