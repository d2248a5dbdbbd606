package dev.redoubt.samples.acme;

import dev.redoubt.guard.engine.DocumentLabel;
import dev.redoubt.runtime.embed.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The passages of the documents with their vectors, in memory. Thread-safe. */
final class VectorIndex {
  private static final int WORDS_OF_A_PASSAGE = 60;

  private final Embedder embedder;
  private final List<Passage> passages = new CopyOnWriteArrayList<>();

  /** A piece of a document, at most 60 words, with its vector of unit length. */
  static final class Passage {
    private final AcmeDocument document;
    private final String text;
    private final float[] vector;

    Passage(AcmeDocument document, String text, float[] vector) {
      this.document = document;
      this.text = text;
      this.vector = vector;
    }

    AcmeDocument document() {
      return document;
    }

    String text() {
      return text;
    }

    DocumentLabel label() {
      return document.label();
    }

    double similarity(float[] other) {
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        sum += (double) vector[i] * other[i];
      }
      return sum;
    }
  }

  VectorIndex(Embedder embedder) {
    this.embedder = embedder;
  }

  void add(List<AcmeDocument> documents) {
    var sources = new ArrayList<AcmeDocument>();
    var texts = new ArrayList<String>();
    for (var document : documents) {
      for (var text : passages(document.text())) {
        sources.add(document);
        texts.add(text);
      }
    }
    var vectors = embedder.embedAll(texts);
    var added = new ArrayList<Passage>();
    for (int i = 0; i < texts.size(); i++) {
      added.add(new Passage(sources.get(i), texts.get(i), vectors.get(i)));
    }
    passages.addAll(added);
  }

  float[] vector(String text) {
    return embedder.embed(text);
  }

  List<Passage> all() {
    return passages;
  }

  private static List<String> passages(String text) {
    var words = text.strip().split("\\s+");
    var pieces = new ArrayList<String>();
    for (int from = 0; from < words.length; from += WORDS_OF_A_PASSAGE) {
      int to = Math.min(words.length, from + WORDS_OF_A_PASSAGE);
      pieces.add(String.join(" ", List.of(words).subList(from, to)));
    }
    return pieces;
  }
}
