package dev.redoubt.runtime.target;

import dev.redoubt.core.Access;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A class of the user's, with its own libraries: they see the JDK and each other, never ours, since
 * only texts go to and fro.
 */
final class LoadedClass implements AutoCloseable {
  /** Methods of chat models and assistants, the likeliest first. */
  private static final List<String> NAMES = List.of("chat", "call", "apply", "ask", "answer");

  private final String place;
  private final Class<?> type;
  private final ClassLoader loader;
  private final @Nullable URLClassLoader own;

  LoadedClass(Endpoint endpoint, Access.Java access, Path baseFolder) {
    this.place = endpoint.location() + ": " + endpoint.name() + ": java: ";
    if (access.classpath().isEmpty()) {
      this.own = null;
      this.loader = LoadedClass.class.getClassLoader();
    } else {
      this.own =
          new URLClassLoader(
              urls(access.classpath(), baseFolder), ClassLoader.getPlatformClassLoader());
      this.loader = own;
    }
    try {
      this.type = Class.forName(access.className(), false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new UsageException(
          place
              + "class "
              + access.className()
              + (access.classpath().isEmpty() ? " is not here" : " is not on its class path")
              + " ("
              + e
              + "); build it, and check class and classpath",
          e);
    }
  }

  private URL[] urls(List<String> classpath, Path baseFolder) {
    var urls = new ArrayList<URL>();
    for (String entry : classpath) {
      try {
        if (entry.endsWith("/*")) {
          var folder = baseFolder.resolve(entry.substring(0, entry.length() - 2));
          try (var jars = Files.list(folder)) {
            for (Path jar : jars.filter(p -> p.toString().endsWith(".jar")).sorted().toList()) {
              urls.add(jar.toUri().toURL());
            }
          }
          continue;
        }
        var path = baseFolder.resolve(entry);
        if (!Files.exists(path)) {
          throw new UsageException(place + "classpath: there is no " + entry + "; build it first");
        }
        urls.add(path.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new UsageException(place + "classpath: " + entry + " is no path", e);
      } catch (IOException | UncheckedIOException e) {
        throw new UsageException(place + "classpath: " + entry + " can't be read", e);
      }
    }
    return urls.toArray(URL[]::new);
  }

  ClassLoader loader() {
    return loader;
  }

  /** Makes an object and the function that it is. */
  UnaryOperator<String> open() {
    Object made = construct();
    // A maker: chat models have builders, not constructors.
    Object target = made instanceof Supplier<?> supplier ? supplier.get() : made;
    if (target == null) {
      throw new UsageException(place + type.getName() + ".get() gives nothing");
    }
    return new Call(target, method(target.getClass()));
  }

  private Object construct() {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new UsageException(
          place + "the constructor of " + type.getName() + " failed: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new UsageException(
          place + type.getName() + " has no constructor without parameters; give it one", e);
    }
  }

  /** The public method that makes a text of a text. */
  private Method method(Class<?> of) {
    List<Method> fitting =
        Arrays.stream(of.getMethods())
            .filter(m -> m.getParameterCount() == 1 && !Modifier.isStatic(m.getModifiers()))
            .filter(m -> m.getDeclaringClass() != Object.class)
            .filter(m -> m.getParameterTypes()[0] == String.class)
            .filter(m -> m.getReturnType() == String.class)
            .toList();
    for (String name : NAMES) {
      for (Method method : fitting) {
        if (method.getName().equals(name)) {
          return open(method);
        }
      }
    }
    if (fitting.size() == 1) {
      return open(fitting.getFirst());
    }
    try {
      if (java.util.function.Function.class.isAssignableFrom(of)) {
        return java.util.function.Function.class.getMethod("apply", Object.class);
      }
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
    throw new UsageException(
        place
            + of.getName()
            + (fitting.isEmpty() ? " has no" : " has more than one")
            + " public method that makes a String of a String; name it chat");
  }

  private static Method open(Method method) {
    // The class need not be public; its method is.
    method.setAccessible(true);
    return method;
  }

  /** A method of an object, as a function; closing it closes the object. */
  private record Call(Object target, Method method)
      implements UnaryOperator<String>, AutoCloseable {
    @Override
    public String apply(String text) {
      try {
        Object answer = method.invoke(target, text);
        return answer == null ? "" : answer.toString();
      } catch (InvocationTargetException e) {
        throw new TargetFailed(e.getCause() == null ? e : e.getCause());
      } catch (IllegalAccessException e) {
        throw new TargetFailed(e);
      }
    }

    @Override
    public void close() {
      if (target instanceof AutoCloseable closeable) {
        closeQuietly(closeable);
      }
    }
  }

  /** What the target itself threw. */
  static final class TargetFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TargetFailed(Throwable cause) {
      super(cause);
    }
  }

  /** Closes what need not be closed well: it is the target's, and the conversation is over. */
  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (own != null) {
      closeQuietly(own);
    }
  }
}
