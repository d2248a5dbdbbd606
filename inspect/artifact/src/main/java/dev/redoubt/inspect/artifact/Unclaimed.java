package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.util.List;

/** Says what a source is that no reader claims: harmless to any loader, or merely not parsed. */
final class Unclaimed {
  /** A format known by its first bytes. */
  private record Magic(String words, boolean inert, int offset, String bytes) {}

  private static final List<Magic> KNOWN =
      List.of(
          inert("PNG picture", 0, "\u0089PNG\r\n\u001a\n"),
          inert("JPEG picture", 0, "\u00ff\u00d8\u00ff"),
          inert("GIF picture", 0, "GIF8"),
          inert("TIFF picture", 0, "II*\0"),
          inert("TIFF picture", 0, "MM\0*"),
          inert("BMP picture", 0, "BM"),
          inert("icon", 0, "\0\0\u0001\0"),
          inert("WebP picture", 8, "WEBP"),
          inert("sound", 8, "WAVE"),
          inert("video", 8, "AVI "),
          inert("video", 4, "ftyp"),
          inert("Matroska video", 0, "\u001aE\u00df\u00a3"),
          inert("sound", 0, "ID3"),
          inert("sound", 0, "fLaC"),
          inert("sound", 0, "OggS"),
          inert("font", 0, "wOFF"),
          inert("font", 0, "wOF2"),
          inert("font", 0, "OTTO"),
          inert("font", 0, "\0\u0001\0\0\0"),
          inert("PDF document", 0, "%PDF-"),
          inert("Parquet table", 0, "PAR1"),
          inert("Arrow table", 0, "ARROW1"),
          inert("Arrow stream", 0, "\u00ff\u00ff\u00ff\u00ff"),
          inert("Avro table", 0, "Obj\u0001"),
          inert("SQLite database", 0, "SQLite format 3\0"),
          known("7z archive", 0, "7z\u00bc\u00af'\u001c"),
          known("RAR archive", 0, "Rar!\u001a\u0007"),
          known("bzip2 stream", 0, "BZh"),
          known("xz stream", 0, "\u00fd7zXZ\0"),
          known("Zstandard stream", 0, "(\u00b5/\u00fd"),
          known("LZ4 stream", 0, "\u0004\"M\u0018"),
          known("gzip stream", 0, "\u001f\u008b"),
          known("Zip archive", 0, "PK\u0003\u0004"),
          known("tar archive", 257, "ustar"),
          known("cabinet", 0, "MSCF"),
          known("HDF5 file", 0, "\u0089HDF\r\n\u001a\n"),
          known("GGUF model", 0, "GGUF"),
          known("TensorFlow Lite model", 4, "TFL3"),
          known("ONNX Runtime model", 4, "ORTM"),
          known("Java-serialised objects", 0, "\u00ac\u00ed\0\u0005"),
          known("ELF program", 0, "\u007fELF"),
          known("Mach-O program", 0, "\u00cf\u00fa\u00ed\u00fe"),
          known("Java class", 0, "\u00ca\u00fe\u00ba\u00be"),
          known("compiled Python", 2, "\r\n\0\0\0\0"));

  private Unclaimed() {}

  private static Magic inert(String words, int offset, String bytes) {
    return new Magic(words, true, offset, bytes);
  }

  private static Magic known(String words, int offset, String bytes) {
    return new Magic(words, false, offset, bytes);
  }

  static void tell(Head head, ReadContext context) throws IOException {
    for (Magic magic : KNOWN) {
      if (head.has(magic.offset(), magic.bytes())) {
        context.format(magic.words());
        if (!magic.inert()) {
          context.observe(
              EngineRules.NOT_PARSED,
              Verdict.INCOMPLETE,
              "a " + magic.words() + ", which is not parsed",
              0);
        }
        return;
      }
    }
    if (Texts.looksLikeText(head)) {
      context.format("text");
      return;
    }
    // Two letters are a magic number only where the rest is no text.
    if (head.startsWith('M', 'Z')) {
      context.format("DOS program");
      context.observe(
          EngineRules.NOT_PARSED, Verdict.INCOMPLETE, "a DOS program, which is not parsed", 0);
      return;
    }
    if (FileNames.promisesModel(context.name())) {
      context.observe(
          EngineRules.NOT_PARSED,
          Verdict.INCOMPLETE,
          "named ."
              + FileNames.ending(context.name())
              + ", but its bytes are of no format that is known",
          0);
    } else {
      context.note("bytes of no format that is known; no loader executes them");
    }
  }
}
