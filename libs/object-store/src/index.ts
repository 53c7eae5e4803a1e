export * from './object-store.ts';
export { listAll } from './list-all.ts';
export { getIfThere, updateObject, type UpdateOptions } from './update-object.ts';
export { openObjectStore } from './open-object-store.ts';
export { createCrc32c, crc32cOf, type Crc32c } from './crc32c.ts';
