/**
 * Whether verdicts are what they have to be: judged anew by reading everything, without the index
 * and without the matcher that made them.
 */
package io.twinstream.verify;
