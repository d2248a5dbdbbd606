package dev.redoubt.inspect.artifact;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names of files say: their bytes, whatever the locale of this process is, and endings. */
public final class FileNames {
  /** Endings that promise a model which its loader would execute or parse. */
  private static final Set<String> MODELS =
      Set.of(
          ("pkl pickle pt pth ckpt joblib dill npy npz h5 hdf5 keras onnx gguf ggml safetensors tflite"
                  + " pb mar nemo pmml skops rds mlmodel pdparams pdmodel ptl pt2 engine")
              .split(" ", -1));

  private FileNames() {}

  /** What stands behind the last dot, in lower case; the whole name where there is none. */
  public static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Says whether a name ends as those of models do. */
  public static boolean promisesModel(String name) {
    return MODELS.contains(ending(name));
  }

  /** The last name of the path as UTF-8; null where its bytes are not. */
  static @Nullable String utf8(Path path) {
    Path last = path.getFileName();
    if (last == null) {
      return "";
    }
    String shown = last.toString();
    if (shown.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      return shown;
    }
    // The URI holds the bytes of the name, which a locale of another encoding would lose.
    String uri = path.toAbsolutePath().toUri().getRawPath();
    String raw = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    byte[] bytes = unescape(raw.substring(raw.lastIndexOf('/') + 1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static byte[] unescape(String raw) {
    var out = new java.io.ByteArrayOutputStream(raw.length());
    int i = 0;
    while (i < raw.length()) {
      if (raw.charAt(i) == '%' && i + 2 < raw.length()) {
        out.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 3;
      } else {
        out.write(raw.charAt(i));
        i++;
      }
    }
    return out.toByteArray();
  }
}
