package dev.redoubt.attack.chat;

import dev.redoubt.core.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a technique puts around a request, chosen for one attempt: layer by layer a frame and its
 * transforms, innermost first. Words in braces are filled before a transform makes them
 * unrecognisable.
 *
 * @param layers of a chain several
 * @param seed from which the random numbers of its transforms follow
 * @since 0.1.0
 */
public record Dress(List<Layer> layers, long seed) {
  static final Pattern REQUEST = Pattern.compile("\\{request(?:\\.([a-z]{2}))?\\}");

  /** The request as it is. */
  static final Dress NONE = new Dress(List.of(), 0);

  public Dress {
    layers = List.copyOf(layers);
  }

  /**
   * One layer.
   *
   * @param around the text of the frame before, between and after each place of the request
   * @param transforms in order
   * @param on what they are applied to
   */
  public record Layer(List<String> around, List<Transform> transforms, Technique.On on) {
    public Layer {
      around = List.copyOf(around);
      transforms = List.copyOf(transforms);
    }

    static Layer of(String frame, List<Transform> transforms, Technique.On on) {
      return new Layer(List.of(REQUEST.split(frame, -1)), transforms, on);
    }

    private Layer filled(Placeholders words) {
      return new Layer(around.stream().map(words::fill).toList(), transforms, on);
    }
  }

  /** The same with other random numbers. */
  Dress withSeed(long other) {
    return new Dress(layers, other);
  }

  /** The texts of its frames. */
  Stream<String> texts() {
    return layers.stream().flatMap(layer -> layer.around().stream());
  }

  /** Fills words of its frames, and leaves open those that have no value yet. */
  Dress filled(Placeholders words) {
    return new Dress(layers.stream().map(layer -> layer.filled(words)).toList(), seed);
  }

  /**
   * Dresses.
   *
   * @param request in plain words, every word in braces filled
   * @param words what words in braces of the frames stand for
   */
  String put(String request, Placeholders words) {
    String text = request;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      // The generator of Java's specification: the same numbers on every machine.
      var random = new Random(Seeds.derive(seed, "layer", Integer.toString(i)));
      if (layer.on() == Technique.On.REQUEST) {
        text = transformed(text, layer, random);
      }
      var around = new ArrayList<String>();
      layer.around().forEach(part -> around.add(words.fill(part)));
      text = String.join(text, around);
      if (layer.on() == Technique.On.TEXT) {
        text = transformed(text, layer, random);
      }
    }
    return text;
  }

  private static String transformed(String text, Layer layer, Random random) {
    String changed = text;
    for (Transform transform : layer.transforms()) {
      changed = transform.apply(changed, random);
    }
    return changed;
  }
}
