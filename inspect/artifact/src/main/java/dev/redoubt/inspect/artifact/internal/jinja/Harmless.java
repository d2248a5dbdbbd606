package dev.redoubt.inspect.artifact.internal.jinja;

import java.util.Set;

/**
 * What chat templates use that can't reach out of the template: Jinja's own filters, tests and
 * functions, what the transformers library adds to them, and methods of text, lists and
 * dictionaries. And what attacks on templates go through.
 */
final class Harmless {
  static final Set<String> FILTERS =
      Set.of(
          "abs", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e",
          "escape", "filesizeformat", "first", "float", "forceescape", "format", "groupby", "indent",
          "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "pprint",
          "random", "reject", "rejectattr", "replace", "reverse", "round", "safe", "select",
          "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "tojson", "trim",
          "truncate", "unique", "upper", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr",
          "from_json", "fromjson", "to_json", "json", "parse_json", "bool", "keys", "values",
          "strip", "lstrip", "rstrip", "split", "startswith", "endswith", "append", "contains");

  static final Set<String> TESTS =
      Set.of(
          "boolean", "callable", "defined", "divisibleby", "eq", "equalto", "escaped", "even",
          "false", "filter", "float", "ge", "greaterthan", "gt", "in", "integer", "iterable", "le",
          "lessthan", "lower", "lt", "mapping", "ne", "none", "None", "number", "odd", "sameas",
          "sequence", "string", "test", "true", "True", "False", "undefined", "upper", "containing",
          "contains", "startingwith", "startswith", "endswith", "not", "dict", "list");

  static final Set<String> FUNCTIONS =
      Set.of(
          "range", "dict", "namespace", "cycler", "joiner", "raise_exception", "strftime_now",
          "caller", "loop", "super", "tojson", "len", "str", "int", "list", "raise", "now", "float",
          "bool", "min", "max", "sum", "zip", "enumerate", "sorted", "isinstance", "set", "tuple",
          "current_date", "get_current_date", "date_string");

  static final Set<String> METHODS =
      Set.of(
          "append", "capitalize", "center", "clear", "copy", "count", "cycle", "changed", "endswith",
          "extend", "find", "get", "index", "insert", "isalnum", "isalpha", "isdecimal", "isdigit",
          "islower", "isnumeric", "isspace", "isupper", "items", "join", "keys", "ljust", "lower",
          "lstrip", "next", "partition", "pop", "popitem", "removeprefix", "removesuffix",
          "replace", "reset", "reverse", "rfind", "rindex", "rjust", "rpartition", "rsplit",
          "rstrip", "setdefault", "sort", "split", "splitlines", "startswith", "strftime", "strip",
          "swapcase", "title", "update", "upper", "values", "zfill", "remove", "discard", "add",
          "union", "intersection", "difference", "casefold", "isoformat", "format", "trim", "length");

  /** Names that web frameworks put into templates, through which attacks reach the interpreter. */
  static final Set<String> OBJECTS =
      Set.of("lipsum", "self", "request", "url_for", "get_flashed_messages", "get_env", "environ");

  /** Attributes that lead from any object to the interpreter. */
  static final Set<String> ESCAPES =
      Set.of(
          "mro", "func_globals", "func_code", "gi_frame", "gi_code", "cr_frame", "cr_code",
          "ag_frame", "ag_code", "f_globals", "f_builtins", "f_locals", "f_back", "f_code",
          "tb_frame", "tb_next", "popen", "Popen", "check_output", "import_module", "load_module",
          "exec_module", "_TemplateReference__context", "im_func", "im_class", "co_code");

  /** What is only called to execute, spawn or connect. */
  static final Set<String> EXECUTES =
      Set.of(
          "system", "popen", "Popen", "eval", "exec", "execfile", "compile", "check_output",
          "check_call", "import_module", "getoutput", "getstatusoutput", "spawn", "fork", "execv",
          "execve", "urlopen", "subclasses", "mro", "__import__", "breakpoint", "open", "getattr",
          "setattr", "globals", "locals", "vars", "builtins", "run_code", "create_connection");

  static final Set<String> STATEMENTS =
      Set.of(
          "for", "if", "with", "filter", "do", "break", "continue", "block", "autoescape",
          "generation", "raw");

  private Harmless() {}
}
