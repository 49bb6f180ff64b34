package io.twinstream.hash;

import dev.brachtendorf.graphics.FastPixel;
import dev.brachtendorf.jimagehash.hashAlgorithms.AverageHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.AverageKernelHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.DifferenceHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.DifferenceHash.Precision;
import dev.brachtendorf.jimagehash.hashAlgorithms.HashingAlgorithm;
import dev.brachtendorf.jimagehash.hashAlgorithms.MedianHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.PerceptiveHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.RotAverageHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.RotPHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.WaveletHash;
import java.awt.image.BufferedImage;

/** Listens to the size that an algorithm of the library scales a picture to. */
final class AskedSize {
  private String size = "none";

  String size() {
    return size;
  }

  private void asked(int width, int height) {
    size = width + "x" + height;
  }

  HashingAlgorithm algorithm(String name) {
    HashName parts = HashName.parse(name);
    int bits = parts.neededBits();
    String option = parts.option().orElse("Simple");
    return switch (parts.algorithm()) {
      case "PerceptiveHash" ->
          new PerceptiveHash(bits) {
            @Override
            protected FastPixel createPixelAccessor(BufferedImage image, int width, int height) {
              asked(width, height);
              return super.createPixelAccessor(image, width, height);
            }
          };
      case "DifferenceHash" ->
          new DifferenceHash(bits, Precision.valueOf(option)) {
            @Override
            protected FastPixel createPixelAccessor(BufferedImage image, int width, int height) {
              asked(width, height);
              return super.createPixelAccessor(image, width, height);
            }
          };
      case "AverageHash" ->
          new AverageHash(bits) {
            @Override
            protected FastPixel createPixelAccessor(BufferedImage image, int width, int height) {
              asked(width, height);
              return super.createPixelAccessor(image, width, height);
            }
          };
      case "AverageKernelHash" ->
          new AverageKernelHash(bits) {
            @Override
            protected FastPixel createPixelAccessor(BufferedImage image, int width, int height) {
              asked(width, height);
              return super.createPixelAccessor(image, width, height);
            }
          };
      case "MedianHash" ->
          new MedianHash(bits) {
            @Override
            protected FastPixel createPixelAccessor(BufferedImage image, int width, int height) {
              asked(width, height);
              return super.createPixelAccessor(image, width, height);
            }
          };
      case "WaveletHash" ->
          new WaveletHash(bits, Integer.parseInt(option)) {
            @Override
            protected FastPixel createPixelAccessor(BufferedImage image, int width, int height) {
              asked(width, height);
              return super.createPixelAccessor(image, width, height);
            }
          };
      case "RotAverageHash" ->
          new RotAverageHash(bits) {
            @Override
            protected FastPixel createPixelAccessor(BufferedImage image, int width, int height) {
              asked(width, height);
              return super.createPixelAccessor(image, width, height);
            }
          };
      case "RotPHash" ->
          new RotPHash(bits, option.equals("Truncated")) {
            @Override
            protected FastPixel createPixelAccessor(BufferedImage image, int width, int height) {
              asked(width, height);
              return super.createPixelAccessor(image, width, height);
            }
          };
      default -> throw new IllegalArgumentException(name);
    };
  }
}
