package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.CallerSource;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads who calls from a request's headers. */
final class CallerName {
  private CallerName() {}

  /** Who calls; whoever can't be told, or is told in two ways, is anonymous. */
  static Caller of(CallerSource source, HeaderList headers) {
    if (problem(source, headers) != null) {
      return Caller.ANONYMOUS;
    }
    return source.resolve(
        name -> headers.first(name.toLowerCase(Locale.ROOT)), Instant.now().getEpochSecond());
  }

  /** Why the headers can't be believed; null when they can. */
  static @Nullable String problem(CallerSource source, HeaderList headers) {
    if (hidden(source, headers)) {
      return "the header Connection names the header that tells who calls";
    }
    return twice(source, headers) ? "the request names its caller twice" : null;
  }

  /** What Connection names is not passed on: this gateway would believe what nobody verifies. */
  private static boolean hidden(CallerSource source, HeaderList headers) {
    return switch (source) {
      case CallerSource.None n -> false;
      case CallerSource.Header h -> headers.dropsOnTheWay(h.name().toLowerCase(Locale.ROOT));
      case CallerSource.JwtClaim j -> headers.dropsOnTheWay("authorization");
    };
  }

  /** With two names a proxy, this gateway and the upstream could each believe another one. */
  private static boolean twice(CallerSource source, HeaderList headers) {
    return switch (source) {
      case CallerSource.None n -> false;
      case CallerSource.Header h -> headers.all(h.name().toLowerCase(Locale.ROOT)).size() > 1;
      case CallerSource.JwtClaim j -> headers.all("authorization").size() > 1;
    };
  }
}
