/** What people and programs do to pictures: changes of pixels, and files of formats. Pure. */
package io.twinstream.edit;
