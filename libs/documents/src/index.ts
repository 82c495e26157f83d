export {
  type Attachment,
  ATTACHMENT_LIMITS,
  type AttachmentLimits,
  AttachmentStore,
  type Damage,
  type Declared,
  type OpenAttachment,
} from './attachment-store.js';
export { AttachmentDamaged, AttachmentRefused, type AttachmentRefusedCode, StorageFull } from './errors.js';
export { FolderAttachmentStore } from './folder-attachment-store.js';
export { KINDS, typeNamed } from './kinds.js';
export { UploadTokens } from './upload-tokens.js';
