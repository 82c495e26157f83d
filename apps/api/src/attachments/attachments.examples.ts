export const uploaded = {
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  bytes: 48_213,
  type: 'application/pdf',
  name: 'Annual report 2008.pdf',
  token: 'mij8y2o0.4kQ0m1zT0b3Xb2kq5m9dQv8sW3nYp7rJ1hLtC6uEfGo',
};

export const file = '(the bytes of the file)';
