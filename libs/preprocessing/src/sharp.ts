import sharp from 'sharp';

// One libvips thread per image: throughput comes from images side by side, and results stay the same on
// machines of any size. No operation cache: every image is new, so that a cache would only hold memory.
sharp.concurrency(1);
sharp.cache(false);

export { sharp };
