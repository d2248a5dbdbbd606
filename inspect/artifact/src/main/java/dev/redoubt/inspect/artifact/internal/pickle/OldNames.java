package dev.redoubt.inspect.artifact.internal.pickle;

import java.util.HashMap;
import java.util.Map;

/**
 * How Python 3 maps the names of Python 2 in pickles of protocols 0 to 2: {@code
 * _compat_pickle.IMPORT_MAPPING} and {@code NAME_MAPPING} of CPython, as far as they lead to what
 * can call or to what models hold.
 */
final class OldNames {
  private static final Map<String, String> MODULES = new HashMap<>();
  private static final Map<String, String> NAMES = new HashMap<>();

  static {
    String modules =
        "__builtin__ builtins copy_reg copyreg Queue queue SocketServer socketserver ConfigParser"
            + " configparser repr reprlib tkFileDialog tkinter.filedialog tkSimpleDialog"
            + " tkinter.simpledialog tkColorChooser tkinter.colorchooser tkCommonDialog"
            + " tkinter.commondialog Dialog tkinter.dialog Tkdnd tkinter.dnd tkFont tkinter.font"
            + " tkMessageBox tkinter.messagebox ScrolledText tkinter.scrolledtext Tkconstants"
            + " tkinter.constants Tix tkinter.tix ttk tkinter.ttk Tkinter tkinter markupbase"
            + " _markupbase _winreg winreg thread _thread dummy_thread _dummy_thread dbhash dbm.bsd"
            + " dumbdbm dbm.dumb dbm dbm.ndbm gdbm dbm.gnu xmlrpclib xmlrpc.client"
            + " SimpleXMLRPCServer xmlrpc.server httplib http.client htmlentitydefs html.entities"
            + " HTMLParser html.parser Cookie http.cookies cookielib http.cookiejar BaseHTTPServer"
            + " http.server test.test_support test.support commands subprocess urlparse"
            + " urllib.parse robotparser urllib.robotparser urllib2 urllib.request anydbm dbm"
            + " _abcoll collections.abc cPickle pickle _elementtree xml.etree.ElementTree"
            + " FileDialog tkinter.filedialog SimpleDialog tkinter.simpledialog DocXMLRPCServer"
            + " xmlrpc.server SimpleHTTPServer http.server CGIHTTPServer http.server UserDict"
            + " collections UserList collections UserString collections whichdb dbm StringIO io"
            + " cStringIO io";
    String[] words = modules.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      MODULES.put(words[i], words[i + 1]);
    }
    String names =
        "__builtin__.xrange builtins.range __builtin__.reduce functools.reduce "
            + "__builtin__.intern sys.intern __builtin__.unichr builtins.chr "
            + "__builtin__.unicode builtins.str __builtin__.long builtins.int "
            + "itertools.izip builtins.zip itertools.imap builtins.map itertools.ifilter "
            + "builtins.filter itertools.ifilterfalse itertools.filterfalse "
            + "itertools.izip_longest itertools.zip_longest UserDict.IterableUserDict "
            + "collections.UserDict UserList.UserList collections.UserList "
            + "UserString.UserString collections.UserString whichdb.whichdb dbm.whichdb "
            + "_socket.fromfd socket.fromfd _multiprocessing.Connection "
            + "multiprocessing.connection.Connection multiprocessing.process.Process "
            + "multiprocessing.context.Process multiprocessing.forking.Popen "
            + "multiprocessing.popen_fork.Popen urllib.ContentTooShortError "
            + "urllib.error.ContentTooShortError urllib.getproxies urllib.request.getproxies "
            + "urllib.pathname2url urllib.request.pathname2url urllib.quote urllib.parse.quote "
            + "urllib.urlopen urllib.request.urlopen __builtin__.basestring builtins.str "
            + "exceptions.StandardError builtins.Exception UserDict.UserDict collections.UserDict "
            + "socket._socketobject socket.SocketType";
    words = names.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      NAMES.put(words[i], words[i + 1]);
    }
  }

  private OldNames() {}

  /** Module and name as Python 3 would look them up. */
  static String[] map(String module, String name) {
    String pair = NAMES.get(module + "." + name);
    if (pair != null) {
      int dot = pair.lastIndexOf('.');
      return new String[] {pair.substring(0, dot), pair.substring(dot + 1)};
    }
    if (module.equals("exceptions")) {
      return new String[] {"builtins", name};
    }
    return new String[] {MODULES.getOrDefault(module, module), name};
  }
}
